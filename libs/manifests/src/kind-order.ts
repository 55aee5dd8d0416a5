/** Helm's order of creation. Removal runs backwards, except that Services go early. */
const helmInstallOrder = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
] as const;

/** Kinds to which Argo CD gives no place: they come with the custom resources, after all others. */
const unknownToArgo: ReadonlySet<string> = new Set([
  'PriorityClass',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
]);

const helmUninstallOrder = withServiceBeforeCronJob([...helmInstallOrder].reverse());
const argoOrder = helmInstallOrder.filter((kind) => !unknownToArgo.has(kind));

export const byHelmInstallOrder = comparatorOf(helmInstallOrder);
export const byHelmUninstallOrder = comparatorOf(helmUninstallOrder);

/** Argo CD's order inside one wave; kinds without a place are equal and come last. */
export function byArgoOrder(left: string, right: string): number {
  return placeOf(argoOrder, left) - placeOf(argoOrder, right);
}

/** Kinds without a place come last, by the alphabet. */
function comparatorOf(order: readonly string[]): (left: string, right: string) => number {
  return (left, right) =>
    placeOf(order, left) - placeOf(order, right) || (order.includes(left) ? 0 : byCodeUnit(left, right));
}

function placeOf(order: readonly string[], kind: string): number {
  const place = order.indexOf(kind);
  return place === -1 ? order.length : place;
}

/** Go's order of strings: no locale. */
export function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Helm takes traffic away before it removes what serves it. */
function withServiceBeforeCronJob(order: readonly string[]): readonly string[] {
  const others = order.filter((kind) => kind !== 'Service');
  return others.toSpliced(others.indexOf('CronJob'), 0, 'Service');
}
