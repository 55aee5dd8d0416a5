// expects: environments/subject/environment.ts:10: service.port is 80000; allowed is a whole number from 1 to 65535
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    service: { port: 80_000 },
  },
});
