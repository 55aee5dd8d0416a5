// expects: ?
export default {
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-subject' },
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
};
