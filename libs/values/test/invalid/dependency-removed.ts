// expects: environments/subject/environment.ts:10: redis is null, which drops the Secret and the settings that the chart gives this dependency; set redis.enabled to false instead
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    redis: null,
  },
});
