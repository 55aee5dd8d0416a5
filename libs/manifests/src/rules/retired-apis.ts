/** When Kubernetes stopped to serve, or began to warn about, an API, and what to use instead. */
export interface Retirement {
  readonly in: string;
  readonly instead: string;
}

/** Removals up to 1.35. Versions are compared as text, so those before 1.10 would need another notation. */
export const removedApis: Readonly<Record<string, Retirement>> = {
  'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration': {
    in: '1.22',
    instead: 'admissionregistration.k8s.io/v1',
  },
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration': {
    in: '1.22',
    instead: 'admissionregistration.k8s.io/v1',
  },
  'apiextensions.k8s.io/v1beta1 CustomResourceDefinition': { in: '1.22', instead: 'apiextensions.k8s.io/v1' },
  'apiregistration.k8s.io/v1beta1 APIService': { in: '1.22', instead: 'apiregistration.k8s.io/v1' },
  'apps/v1beta1 Deployment': { in: '1.16', instead: 'apps/v1' },
  'apps/v1beta1 StatefulSet': { in: '1.16', instead: 'apps/v1' },
  'apps/v1beta2 DaemonSet': { in: '1.16', instead: 'apps/v1' },
  'apps/v1beta2 Deployment': { in: '1.16', instead: 'apps/v1' },
  'apps/v1beta2 ReplicaSet': { in: '1.16', instead: 'apps/v1' },
  'apps/v1beta2 StatefulSet': { in: '1.16', instead: 'apps/v1' },
  'autoscaling/v2beta1 HorizontalPodAutoscaler': { in: '1.25', instead: 'autoscaling/v2' },
  'autoscaling/v2beta2 HorizontalPodAutoscaler': { in: '1.26', instead: 'autoscaling/v2' },
  'batch/v1beta1 CronJob': { in: '1.25', instead: 'batch/v1' },
  'coordination.k8s.io/v1beta1 Lease': { in: '1.22', instead: 'coordination.k8s.io/v1' },
  'discovery.k8s.io/v1beta1 EndpointSlice': { in: '1.25', instead: 'discovery.k8s.io/v1' },
  'extensions/v1beta1 DaemonSet': { in: '1.16', instead: 'apps/v1' },
  'extensions/v1beta1 Deployment': { in: '1.16', instead: 'apps/v1' },
  'extensions/v1beta1 Ingress': { in: '1.22', instead: 'networking.k8s.io/v1' },
  'extensions/v1beta1 NetworkPolicy': { in: '1.16', instead: 'networking.k8s.io/v1' },
  'extensions/v1beta1 ReplicaSet': { in: '1.16', instead: 'apps/v1' },
  'networking.k8s.io/v1beta1 Ingress': { in: '1.22', instead: 'networking.k8s.io/v1' },
  'networking.k8s.io/v1beta1 IngressClass': { in: '1.22', instead: 'networking.k8s.io/v1' },
  'node.k8s.io/v1beta1 RuntimeClass': { in: '1.25', instead: 'node.k8s.io/v1' },
  'policy/v1beta1 PodDisruptionBudget': { in: '1.25', instead: 'policy/v1' },
  'policy/v1beta1 PodSecurityPolicy': { in: '1.25', instead: 'the Pod Security admission labels of the Namespace' },
  'rbac.authorization.k8s.io/v1beta1 ClusterRole': { in: '1.22', instead: 'rbac.authorization.k8s.io/v1' },
  'rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding': { in: '1.22', instead: 'rbac.authorization.k8s.io/v1' },
  'rbac.authorization.k8s.io/v1beta1 Role': { in: '1.22', instead: 'rbac.authorization.k8s.io/v1' },
  'rbac.authorization.k8s.io/v1beta1 RoleBinding': { in: '1.22', instead: 'rbac.authorization.k8s.io/v1' },
  'scheduling.k8s.io/v1beta1 PriorityClass': { in: '1.22', instead: 'scheduling.k8s.io/v1' },
  'storage.k8s.io/v1beta1 StorageClass': { in: '1.22', instead: 'storage.k8s.io/v1' },
};

/** Still served, with a warning. */
export const deprecatedApis: Readonly<Record<string, Retirement>> = {
  'v1 Endpoints': { in: '1.33', instead: 'discovery.k8s.io/v1 EndpointSlice' },
};
