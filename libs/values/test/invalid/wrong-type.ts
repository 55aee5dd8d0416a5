// expects: environments/subject/environment.ts:11: replicaCount is "3"; allowed is a whole number from 1 to 10
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    // @ts-expect-error: text is no number
    replicaCount: '3',
  },
});
