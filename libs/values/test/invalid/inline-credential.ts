// expects: environments/subject/environment.ts:10: credentials.redisPassword holds a credential, which git would keep for ever; put it into a Secret and name that in credentials.existingSecret
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    credentials: { redisPassword: 'hunter2' },
  },
});
