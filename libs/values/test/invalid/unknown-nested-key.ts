// expects: environments/subject/environment.ts:11: resources.request is not a known key; did you mean resources.requests?
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    // @ts-expect-error: no such key
    resources: { request: { cpu: '1' } },
  },
});
