// expects: environments/subject/environment.ts:11: config.logLevel is "verbose"; allowed is debug, info, warn, error
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    // @ts-expect-error: no such level
    config: { logLevel: 'verbose' },
  },
});
