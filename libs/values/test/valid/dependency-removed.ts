import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    redis: { enabled: false },
    config: { cache: { enabled: false } },
  },
});
