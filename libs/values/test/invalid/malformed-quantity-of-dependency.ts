// expects: environments/subject/environment.ts:10: redis.master.persistence.size is "8 GB"; allowed is Memory or storage quantity, such as 512Mi or 20Gi
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: {
    redis: { master: { persistence: { size: '8 GB' } } },
  },
});
