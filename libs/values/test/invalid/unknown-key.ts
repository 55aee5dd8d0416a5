// expects: environments/subject/environment.ts:11: replicaCont is not a known key; did you mean replicaCount?
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    // @ts-expect-error: no such key
    replicaCont: 3,
  },
});
