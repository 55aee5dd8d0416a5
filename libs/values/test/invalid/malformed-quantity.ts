// expects: environments/subject/environment.ts:10: resources.requests.cpu is "250 m"; allowed is CPU quantity: cores (2) or thousandths of a core (250m)
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    resources: { requests: { cpu: '250 m' } },
  },
});
