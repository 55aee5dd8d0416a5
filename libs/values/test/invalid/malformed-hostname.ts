// expects: environments/subject/environment.ts:10: ingress.hosts[0].host is "https://task-api.example.com"; allowed is DNS name in lower case; the first label may be *
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    ingress: { enabled: true, hosts: [{ host: 'https://task-api.example.com' }] },
  },
});
