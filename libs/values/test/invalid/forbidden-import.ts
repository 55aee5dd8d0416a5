// expects: environments/subject/environment.ts:2: environment.ts imports node:os; allowed is @task-api/values and nothing else
import { hostname } from 'node:os';
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    ingress: { enabled: true, hosts: [{ host: hostname() }] },
  },
});
