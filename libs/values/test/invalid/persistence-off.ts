// expects: environments/subject/environment.ts:10: postgresql.primary.persistence.enabled is false; allowed is true
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    postgresql: { primary: { persistence: { enabled: false } } },
  },
});
