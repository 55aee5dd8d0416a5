// expects: environments/subject/environment.ts:6: destination.namespace is "Task_API"; allowed is a Kubernetes namespace: at most 63 small letters, digits and inner dashes
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'Task_API' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
});
