// expects: environments/subject/environment.ts: environment.ts has no environment as its default export; allowed is export default defineEnvironment({ … })
export default {
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
};
