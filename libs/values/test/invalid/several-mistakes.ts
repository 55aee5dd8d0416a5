// expects: environments/subject/environment.ts:7: tier is "qa"; allowed is dev, staging, prod
// expects: environments/subject/environment.ts:8: destination.namespace is "QA"; allowed is a Kubernetes namespace: at most 63 small letters, digits and inner dashes
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  // @ts-expect-error: no such tier
  tier: 'qa',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'QA' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
});
