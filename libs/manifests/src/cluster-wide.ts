import { groupKindOf, type KubernetesObject } from './kubernetes-object.ts';

/** Whether objects of this kind belong to the whole cluster and so have no namespace. */
export function isClusterWide(object: KubernetesObject): boolean {
  return clusterWideKinds.has(groupKindOf(object));
}

const clusterWideKinds: ReadonlySet<string> = new Set([
  'APIService.apiregistration.k8s.io',
  'ClusterExternalSecret.external-secrets.io',
  'ClusterRole.rbac.authorization.k8s.io',
  'ClusterRoleBinding.rbac.authorization.k8s.io',
  'ClusterSecretStore.external-secrets.io',
  'CustomResourceDefinition.apiextensions.k8s.io',
  'GatewayClass.gateway.networking.k8s.io',
  'IngressClass.networking.k8s.io',
  'MutatingWebhookConfiguration.admissionregistration.k8s.io',
  'Namespace',
  'PersistentVolume',
  'PriorityClass.scheduling.k8s.io',
  'RuntimeClass.node.k8s.io',
  'StorageClass.storage.k8s.io',
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io',
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
]);
