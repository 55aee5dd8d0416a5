// expects: environments/subject/environment.ts: environment.ts throws when it is evaluated: no host
import { defineEnvironment } from '@task-api/values';

const hosts: readonly string[] = [];

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    ingress: { enabled: true, hosts: [{ host: hosts[0]?.toLowerCase() ?? fail() }] },
  },
});

function fail(): never {
  throw new Error('no host');
}
