import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'dev',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'floating',
  sync: { automated: true, selfHeal: true },
});
