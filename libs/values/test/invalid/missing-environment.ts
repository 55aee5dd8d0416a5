// expects: environments/subject/environment.ts:9: promotesFrom is "stagin", which is not an environment; allowed is other
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  promotesFrom: 'stagin',
});

export const others = {
  other: defineEnvironment({
    tier: 'staging',
    destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-other' },
    chart: 'pinned',
    sync: { automated: true, selfHeal: true },
  }),
};
