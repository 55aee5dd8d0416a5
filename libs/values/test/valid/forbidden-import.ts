import { defineEnvironment, type EnvironmentValues } from '@task-api/values';

const ingress: EnvironmentValues['ingress'] = { enabled: true, hosts: [{ host: 'task-api.example.com' }] };

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    ingress,
  },
});
