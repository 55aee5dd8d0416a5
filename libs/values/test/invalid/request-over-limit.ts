// expects: environments/subject/environment.ts:10: resources.requests.memory is "2Gi"; allowed is at most its limit, 1Gi
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } },
  },
});
