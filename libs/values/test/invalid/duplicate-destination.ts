// expects: environments/subject/environment.ts:6: destination.namespace is "task-api-other", where environment other already installs the release; choose another namespace or server
import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-other' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
});

export const others = {
  other: defineEnvironment({
    tier: 'staging',
    destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-other' },
    chart: 'pinned',
    sync: { automated: true, selfHeal: true },
  }),
};
