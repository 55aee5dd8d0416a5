// expects: environments/subject/environment.ts:6: tier is "production"; allowed is dev, staging, prod
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  // @ts-expect-error: no such tier
  tier: 'production',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
});
