import type {
  CoreV1Event,
  V1ConfigMap,
  V1CronJob,
  V1Deployment,
  V1EndpointSlice,
  V1Job,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodDisruptionBudget,
  V1ReplicaSet,
  V1Role,
  V1RoleBinding,
  V1Secret,
  V1Service,
  V1ServiceAccount,
  V1StatefulSet,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';

/** The type of each kind of object that scenarios look at. */
export interface ObjectTypes {
  readonly ConfigMap: V1ConfigMap;
  readonly CronJob: V1CronJob;
  readonly Deployment: V1Deployment;
  readonly EndpointSlice: V1EndpointSlice;
  readonly Event: CoreV1Event;
  readonly HorizontalPodAutoscaler: V2HorizontalPodAutoscaler;
  readonly Job: V1Job;
  readonly Namespace: V1Namespace;
  readonly NetworkPolicy: V1NetworkPolicy;
  readonly Node: V1Node;
  readonly PersistentVolume: V1PersistentVolume;
  readonly PersistentVolumeClaim: V1PersistentVolumeClaim;
  readonly Pod: V1Pod;
  readonly PodDisruptionBudget: V1PodDisruptionBudget;
  readonly ReplicaSet: V1ReplicaSet;
  readonly Role: V1Role;
  readonly RoleBinding: V1RoleBinding;
  readonly Secret: V1Secret;
  readonly Service: V1Service;
  readonly ServiceAccount: V1ServiceAccount;
  readonly StatefulSet: V1StatefulSet;
}

export type Kind = keyof ObjectTypes;

interface KindFacts {
  readonly apiVersion: string;
  readonly plural: string;
  /** Name of the type in the client, which it decodes answers by. */
  readonly type: string;
  readonly isNamespaced: boolean;
}

/** Where each kind lives in the API. */
export const kinds: Readonly<Record<Kind, KindFacts>> = {
  ConfigMap: namespaced('v1', 'configmaps', 'V1ConfigMap'),
  CronJob: namespaced('batch/v1', 'cronjobs', 'V1CronJob'),
  Deployment: namespaced('apps/v1', 'deployments', 'V1Deployment'),
  EndpointSlice: namespaced('discovery.k8s.io/v1', 'endpointslices', 'V1EndpointSlice'),
  Event: namespaced('v1', 'events', 'CoreV1Event'),
  HorizontalPodAutoscaler: namespaced('autoscaling/v2', 'horizontalpodautoscalers', 'V2HorizontalPodAutoscaler'),
  Job: namespaced('batch/v1', 'jobs', 'V1Job'),
  Namespace: clusterWide('v1', 'namespaces', 'V1Namespace'),
  NetworkPolicy: namespaced('networking.k8s.io/v1', 'networkpolicies', 'V1NetworkPolicy'),
  Node: clusterWide('v1', 'nodes', 'V1Node'),
  PersistentVolume: clusterWide('v1', 'persistentvolumes', 'V1PersistentVolume'),
  PersistentVolumeClaim: namespaced('v1', 'persistentvolumeclaims', 'V1PersistentVolumeClaim'),
  Pod: namespaced('v1', 'pods', 'V1Pod'),
  PodDisruptionBudget: namespaced('policy/v1', 'poddisruptionbudgets', 'V1PodDisruptionBudget'),
  ReplicaSet: namespaced('apps/v1', 'replicasets', 'V1ReplicaSet'),
  Role: namespaced('rbac.authorization.k8s.io/v1', 'roles', 'V1Role'),
  RoleBinding: namespaced('rbac.authorization.k8s.io/v1', 'rolebindings', 'V1RoleBinding'),
  Secret: namespaced('v1', 'secrets', 'V1Secret'),
  Service: namespaced('v1', 'services', 'V1Service'),
  ServiceAccount: namespaced('v1', 'serviceaccounts', 'V1ServiceAccount'),
  StatefulSet: namespaced('apps/v1', 'statefulsets', 'V1StatefulSet'),
};

/** The path of all objects of a kind, in a namespace where the kind has one. */
export function collectionPath(kind: Kind, namespace: string): string {
  const { apiVersion, plural, isNamespaced } = kinds[kind];
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return isNamespaced ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
}

function namespaced(apiVersion: string, plural: string, type: string): KindFacts {
  return { apiVersion, plural, type, isNamespaced: true };
}

function clusterWide(apiVersion: string, plural: string, type: string): KindFacts {
  return { apiVersion, plural, type, isNamespaced: false };
}
