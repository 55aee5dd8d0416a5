import { defineEnvironment } from '@task-api/values';

const hosts: readonly string[] = ['task-api.example.com'];

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    ingress: { enabled: true, hosts: hosts.map((host) => ({ host })) },
  },
});
