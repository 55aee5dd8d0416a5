import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'prod',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-prod' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  promotesFrom: 'staging',
  values: {
    // The Secret holds the hashed API keys too.
    auth: { mode: 'api-key' },
    credentials: { existingSecret: 'task-api-credentials' },
    ingress: { enabled: true, hosts: [{ host: 'task-api.example.com' }] },
  },
});
