// expects: environments/subject/environment.ts:10: promoteFrom is not a known key; did you mean promotesFrom?
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  // @ts-expect-error: no such key
  promoteFrom: 'other',
});

export const others = {
  other: defineEnvironment({
    tier: 'staging',
    destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-other' },
    chart: 'pinned',
    sync: { automated: true, selfHeal: true },
  }),
};
