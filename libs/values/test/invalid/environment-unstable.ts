// expects: environments/subject/environment.ts:10: environment.ts gives another values.podAnnotations.restarted when it is evaluated again; an environment is data: no time, no randomness, no environment variables
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    podAnnotations: { restarted: String(performance.now()) },
  },
});
