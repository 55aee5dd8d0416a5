import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-staging' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  promotesFrom: 'dev',
  values: {
    ingress: { enabled: true, hosts: [{ host: 'task-api.staging.example.com' }] },
  },
});
