// expects: environments/subject/environment.ts:9: promotesFrom closes a circle, subject ← subject; a promotion has to begin somewhere
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  promotesFrom: 'subject',
});
