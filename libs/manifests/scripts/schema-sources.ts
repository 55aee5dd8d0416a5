/** Where the schemas come from and which kinds are kept. A new kind is one line here, then `generate-schemas.ts` again. */
export const kubernetesModule = 'k8s.io/kubernetes';

/** The Kubernetes versions that are validated against, each by the last patch release whose schemas were looked at. */
export const kubernetesReleases: Readonly<Record<string, string>> = {
  '1.31': 'v1.31.14',
  '1.32': 'v1.32.13',
  '1.33': 'v1.33.13',
  '1.34': 'v1.34.4',
  '1.35': 'v1.35.4',
};

/** Kinds by the OpenAPI document of `api/openapi-spec/v3` that describes them. */
export const kubernetesKinds: Readonly<Record<string, readonly string[]>> = {
  api__v1: [
    'ConfigMap',
    'Endpoints',
    'LimitRange',
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apis__admissionregistration.k8s.io__v1': [
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apis__apiextensions.k8s.io__v1': ['CustomResourceDefinition'],
  'apis__apiregistration.k8s.io__v1': ['APIService'],
  apis__apps__v1: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  apis__autoscaling__v1: ['HorizontalPodAutoscaler'],
  apis__autoscaling__v2: ['HorizontalPodAutoscaler'],
  apis__batch__v1: ['CronJob', 'Job'],
  'apis__coordination.k8s.io__v1': ['Lease'],
  'apis__discovery.k8s.io__v1': ['EndpointSlice'],
  'apis__networking.k8s.io__v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'apis__node.k8s.io__v1': ['RuntimeClass'],
  apis__policy__v1: ['PodDisruptionBudget'],
  'apis__rbac.authorization.k8s.io__v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'apis__scheduling.k8s.io__v1': ['PriorityClass'],
  'apis__storage.k8s.io__v1': ['StorageClass'],
};

export interface CustomResourceSource {
  readonly module: string;
  readonly version: string;
  /** CustomResourceDefinition manifests inside the module. */
  readonly files: readonly string[];
  /** Versions of the custom resources that are kept. */
  readonly served: string;
}

export const customResources: readonly CustomResourceSource[] = [
  {
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.2.11',
    files: ['manifests/crds/application-crd.yaml', 'manifests/crds/appproject-crd.yaml'],
    served: 'v1alpha1',
  },
  {
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    files: ['config/crds/bases/external-secrets.io_externalsecrets.yaml'],
    served: 'v1',
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    files: [
      'example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
    ],
    served: 'v1',
  },
  {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.4.1',
    files: [
      'config/crd/standard/gateway.networking.k8s.io_gateways.yaml',
      'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
    ],
    served: 'v1',
  },
];

/** The validator that ours is compared with. */
export const kubeconform = { package: 'github.com/yannh/kubeconform/cmd/kubeconform', version: 'v0.8.0' } as const;
