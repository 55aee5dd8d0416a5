// expects: environments/subject/environment.ts:7: chart is floating; an environment of tier prod pins its chart, so that an edit of the chart never reaches it unpromoted
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'prod',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'floating',
  sync: { automated: true, selfHeal: true },
});
