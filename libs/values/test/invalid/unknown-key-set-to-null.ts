// expects: environments/subject/environment.ts:12: redis.replicas is not a known key; did you mean redis.replica?
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    redis: {
      // @ts-expect-error: no such key
      replicas: null,
    },
  },
});
