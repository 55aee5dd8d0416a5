// expects: ?
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'Task_API' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
});
