// expects: environments/subject/environment.ts:13: postgresql.primary.persistance is not a known key; did you mean postgresql.primary.persistence?
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    postgresql: {
      primary: {
        // @ts-expect-error: no such key
        persistance: { size: '50Gi' },
      },
    },
  },
});
