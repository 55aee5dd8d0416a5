// expects: ?
// expects: ?
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  // @ts-expect-error: no such tier
  tier: 'qa',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'QA' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
});
