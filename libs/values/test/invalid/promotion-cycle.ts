// expects: environments/subject/environment.ts:9: promotesFrom closes a circle, subject ← other ← other2 ← subject; a promotion has to begin somewhere
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  promotesFrom: 'other',
});

export const others = {
  other: defineEnvironment({
    tier: 'staging',
    destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-other' },
    chart: 'pinned',
    sync: { automated: true, selfHeal: true },
    promotesFrom: 'other2',
  }),
  other2: defineEnvironment({
    tier: 'staging',
    destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-other2' },
    chart: 'pinned',
    sync: { automated: true, selfHeal: true },
    promotesFrom: 'subject',
  }),
};
