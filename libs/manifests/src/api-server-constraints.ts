import type { ExclusiveFields, Schema } from './schema.ts';

/** What the API server checks although its OpenAPI documents do not say it: by definition and field. */
type Constraints = Readonly<Record<string, Readonly<Record<string, Schema>>>>;

const oneOf = (...allowed: readonly string[]): Schema => ({ enum: allowed });
const eachOneOf = (...allowed: readonly string[]): Schema => ({ items: { type: 'string', enum: allowed } });
const range = (minimum: number, maximum: number): Schema => ({ minimum, maximum });
const format = (name: string): Schema => ({ format: name });

const atLeastZero: Schema = { minimum: 0 };
const atLeastOne: Schema = { minimum: 1 };
const notEmpty: Schema = { minItems: 1 };
const port = range(1, 65_535);
const fileMode = range(0, 0o777);
const userId = range(0, 2_147_483_647);
const protocol = oneOf('TCP', 'UDP', 'SCTP');
const profile = oneOf('RuntimeDefault', 'Localhost', 'Unconfined');
const honored = oneOf('Honor', 'Ignore');
const weight = range(1, 100);
const accessModes: Schema = {
  ...notEmpty,
  ...eachOneOf('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'),
};
const dataKeys = { key: format('data-key') };

const selector: Schema = { entries: { rule: 'bad-label', keys: 'label-key', values: 'label-value' } };
const dataEntries: Schema = { entries: { rule: 'bad-format', keys: 'data-key' } };
const exactlyOne = (...fields: readonly string[]): ExclusiveFields => ({ fields, least: 1 });
const atMostOne = (...fields: readonly string[]): ExclusiveFields => ({ fields, least: 0 });

const container = {
  image: format('image-reference'),
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  name: format('dns-label'),
  restartPolicy: oneOf('Always', 'OnFailure', 'Never'),
  terminationMessagePolicy: oneOf('File', 'FallbackToLogsOnError'),
} as const;

const webhook = {
  failurePolicy: oneOf('Fail', 'Ignore'),
  matchPolicy: oneOf('Exact', 'Equivalent'),
  name: format('dns-subdomain'),
  sideEffects: oneOf('None', 'NoneOnDryRun'),
  timeoutSeconds: range(1, 30),
} as const;

export const apiServerConstraints: Constraints = {
  'admissionregistration.v1.MutatingWebhook': { ...webhook, reinvocationPolicy: oneOf('Never', 'IfNeeded') },
  'admissionregistration.v1.ValidatingWebhook': webhook,
  'apps.v1.DaemonSetSpec': { minReadySeconds: atLeastZero, revisionHistoryLimit: atLeastZero },
  'apps.v1.DaemonSetUpdateStrategy': { type: oneOf('RollingUpdate', 'OnDelete') },
  'apps.v1.DeploymentSpec': {
    minReadySeconds: atLeastZero,
    progressDeadlineSeconds: atLeastOne,
    replicas: atLeastZero,
    revisionHistoryLimit: atLeastZero,
  },
  'apps.v1.DeploymentStrategy': { type: oneOf('RollingUpdate', 'Recreate') },
  'apps.v1.ReplicaSetSpec': { minReadySeconds: atLeastZero, replicas: atLeastZero },
  'apps.v1.RollingUpdateDaemonSet': {
    maxSurge: format('percentage-or-count'),
    maxUnavailable: format('percentage-or-count'),
  },
  'apps.v1.RollingUpdateDeployment': {
    maxSurge: format('percentage-or-count'),
    maxUnavailable: format('percentage-or-count'),
  },
  'apps.v1.RollingUpdateStatefulSetStrategy': { maxUnavailable: format('percentage-or-count'), partition: atLeastZero },
  'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy': {
    whenDeleted: oneOf('Retain', 'Delete'),
    whenScaled: oneOf('Retain', 'Delete'),
  },
  'apps.v1.StatefulSetSpec': {
    minReadySeconds: atLeastZero,
    podManagementPolicy: oneOf('OrderedReady', 'Parallel'),
    replicas: atLeastZero,
    revisionHistoryLimit: atLeastZero,
  },
  'apps.v1.StatefulSetUpdateStrategy': { type: oneOf('RollingUpdate', 'OnDelete') },
  'autoscaling.v1.HorizontalPodAutoscalerSpec': {
    maxReplicas: atLeastOne,
    minReplicas: atLeastZero,
    targetCPUUtilizationPercentage: atLeastOne,
  },
  'autoscaling.v2.HPAScalingPolicy': {
    periodSeconds: range(1, 1800),
    type: oneOf('Pods', 'Percent'),
    value: atLeastOne,
  },
  'autoscaling.v2.HPAScalingRules': {
    selectPolicy: oneOf('Max', 'Min', 'Disabled'),
    stabilizationWindowSeconds: range(0, 3600),
  },
  'autoscaling.v2.HorizontalPodAutoscalerSpec': { maxReplicas: atLeastOne, minReplicas: atLeastZero },
  'autoscaling.v2.MetricSpec': { type: oneOf('Resource', 'ContainerResource', 'Pods', 'Object', 'External') },
  'autoscaling.v2.MetricTarget': {
    averageUtilization: atLeastOne,
    type: oneOf('Utilization', 'Value', 'AverageValue'),
  },
  'batch.v1.CronJobSpec': {
    concurrencyPolicy: oneOf('Allow', 'Forbid', 'Replace'),
    failedJobsHistoryLimit: atLeastZero,
    schedule: format('cron-schedule'),
    startingDeadlineSeconds: atLeastZero,
    successfulJobsHistoryLimit: atLeastZero,
  },
  'batch.v1.JobSpec': {
    activeDeadlineSeconds: atLeastZero,
    backoffLimit: atLeastZero,
    completionMode: oneOf('NonIndexed', 'Indexed'),
    completions: atLeastZero,
    parallelism: atLeastZero,
    podReplacementPolicy: oneOf('TerminatingOrFailed', 'Failed'),
    ttlSecondsAfterFinished: atLeastZero,
  },
  'batch.v1.PodFailurePolicyRule': { action: oneOf('FailJob', 'FailIndex', 'Ignore', 'Count') },
  'core.v1.AppArmorProfile': { type: profile },
  'core.v1.ClientIPConfig': { timeoutSeconds: range(1, 86_400) },
  'core.v1.ConfigMap': { binaryData: dataEntries, data: dataEntries },
  'core.v1.ConfigMapKeySelector': dataKeys,
  'core.v1.ConfigMapVolumeSource': { defaultMode: fileMode },
  'core.v1.Container': container,
  'core.v1.ContainerPort': { containerPort: port, hostPort: range(0, 65_535), name: format('port-name'), protocol },
  'core.v1.DownwardAPIVolumeSource': { defaultMode: fileMode },
  'core.v1.EmptyDirVolumeSource': { medium: { pattern: '^(|Memory|HugePages(-.+)?)$' } },
  'core.v1.EnvVar': { name: format('env-name') },
  'core.v1.EphemeralContainer': container,
  'core.v1.GRPCAction': { port },
  'core.v1.HTTPGetAction': { port: format('port-or-name'), scheme: oneOf('HTTP', 'HTTPS') },
  'core.v1.HostAlias': { hostnames: { items: { type: 'string', format: 'dns-subdomain' } } },
  'core.v1.HostPathVolumeSource': {
    type: oneOf('', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'),
  },
  'core.v1.KeyToPath': { ...dataKeys, mode: fileMode, path: format('relative-path') },
  'core.v1.NodeSelectorRequirement': { operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt') },
  'core.v1.ObjectFieldSelector': {
    fieldPath: {
      pattern:
        "^(metadata\\.(name|namespace|uid|labels|annotations)|metadata\\.(labels|annotations)\\['[^']+'\\]|spec\\.(nodeName|serviceAccountName)|status\\.(podIP|podIPs|hostIP|hostIPs))$",
    },
  },
  'core.v1.PersistentVolumeClaimSpec': { accessModes, volumeMode: oneOf('Filesystem', 'Block') },
  'core.v1.PersistentVolumeSpec': {
    accessModes,
    persistentVolumeReclaimPolicy: oneOf('Retain', 'Delete', 'Recycle'),
    volumeMode: oneOf('Filesystem', 'Block'),
  },
  'core.v1.PodOS': { name: oneOf('linux', 'windows') },
  'core.v1.PodSecurityContext': {
    fsGroup: userId,
    fsGroupChangePolicy: oneOf('OnRootMismatch', 'Always'),
    runAsGroup: userId,
    runAsUser: userId,
    seLinuxChangePolicy: oneOf('MountOption', 'Recursive'),
    supplementalGroups: { items: { type: 'integer', ...userId } },
    supplementalGroupsPolicy: oneOf('Merge', 'Strict'),
  },
  'core.v1.PodSpec': {
    nodeSelector: selector,
    activeDeadlineSeconds: atLeastOne,
    containers: notEmpty,
    dnsPolicy: oneOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
    hostname: format('dns-label'),
    preemptionPolicy: oneOf('PreemptLowerPriority', 'Never'),
    priorityClassName: format('dns-subdomain'),
    restartPolicy: oneOf('Always', 'OnFailure', 'Never'),
    serviceAccountName: format('dns-subdomain'),
    subdomain: format('dns-label'),
    terminationGracePeriodSeconds: atLeastZero,
  },
  'core.v1.PreferredSchedulingTerm': { weight },
  'core.v1.Probe': {
    failureThreshold: atLeastZero,
    initialDelaySeconds: atLeastZero,
    periodSeconds: atLeastZero,
    successThreshold: atLeastZero,
    terminationGracePeriodSeconds: atLeastOne,
    timeoutSeconds: atLeastZero,
  },
  'core.v1.ProjectedVolumeSource': { defaultMode: fileMode },
  'core.v1.ReplicationControllerSpec': { minReadySeconds: atLeastZero, replicas: atLeastZero },
  'core.v1.ScopedResourceSelectorRequirement': { operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist') },
  'core.v1.SeccompProfile': { type: profile },
  'core.v1.Secret': { data: dataEntries, stringData: dataEntries },
  'core.v1.SecretKeySelector': dataKeys,
  'core.v1.SecretVolumeSource': { defaultMode: fileMode },
  'core.v1.SecurityContext': { procMount: oneOf('Default', 'Unmasked'), runAsGroup: userId, runAsUser: userId },
  'core.v1.ServiceAccountTokenProjection': {
    expirationSeconds: range(600, 4_294_967_296),
    path: format('relative-path'),
  },
  'core.v1.ServicePort': {
    name: format('dns-label'),
    nodePort: range(0, 65_535),
    port,
    protocol,
    targetPort: format('port-or-name'),
  },
  'core.v1.ServiceSpec': {
    selector,
    externalTrafficPolicy: oneOf('Cluster', 'Local'),
    internalTrafficPolicy: oneOf('Cluster', 'Local'),
    ipFamilies: eachOneOf('IPv4', 'IPv6'),
    ipFamilyPolicy: oneOf('SingleStack', 'PreferDualStack', 'RequireDualStack'),
    sessionAffinity: oneOf('None', 'ClientIP'),
    type: oneOf('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  },
  'core.v1.TCPSocketAction': { port: format('port-or-name') },
  'core.v1.Toleration': {
    effect: oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
    operator: oneOf('Exists', 'Equal', 'Lt', 'Gt'),
  },
  'core.v1.TopologySpreadConstraint': {
    maxSkew: atLeastOne,
    minDomains: atLeastOne,
    nodeAffinityPolicy: honored,
    nodeTaintsPolicy: honored,
    topologyKey: format('label-key'),
    whenUnsatisfiable: oneOf('DoNotSchedule', 'ScheduleAnyway'),
  },
  'core.v1.Volume': { name: format('dns-label') },
  'core.v1.VolumeMount': {
    mountPath: format('mount-path'),
    mountPropagation: oneOf('None', 'HostToContainer', 'Bidirectional'),
    recursiveReadOnly: oneOf('Disabled', 'IfPossible', 'Enabled'),
    subPath: format('relative-path'),
  },
  'core.v1.WeightedPodAffinityTerm': { weight },
  'discovery.v1.EndpointSlice': { addressType: oneOf('IPv4', 'IPv6', 'FQDN') },
  'meta.v1.LabelSelector': { matchLabels: selector },
  'meta.v1.LabelSelectorRequirement': {
    key: format('label-key'),
    operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'),
  },
  'meta.v1.ObjectMeta': { annotations: { entries: { rule: 'bad-annotation', keys: 'label-key' } }, labels: selector },
  'networking.v1.HTTPIngressPath': {
    path: format('absolute-path'),
    pathType: oneOf('Exact', 'Prefix', 'ImplementationSpecific'),
  },
  'networking.v1.HTTPIngressRuleValue': { paths: notEmpty },
  'networking.v1.IPBlock': { cidr: format('cidr'), except: { items: { type: 'string', format: 'cidr' } } },
  'networking.v1.IngressRule': { host: format('host-pattern') },
  'networking.v1.IngressTLS': { hosts: { items: { type: 'string', format: 'host-pattern' } } },
  'networking.v1.NetworkPolicyPort': { endPort: port, port: format('port-or-name'), protocol },
  'networking.v1.NetworkPolicySpec': { policyTypes: eachOneOf('Ingress', 'Egress') },
  'networking.v1.ServiceBackendPort': { name: format('dns-label'), number: port },
  'policy.v1.PodDisruptionBudgetSpec': {
    maxUnavailable: format('percentage-or-count'),
    minAvailable: format('percentage-or-count'),
    unhealthyPodEvictionPolicy: oneOf('IfHealthyBudget', 'AlwaysAllow'),
  },
  'rbac.v1.PolicyRule': { verbs: notEmpty },
  'rbac.v1.RoleRef': { apiGroup: oneOf('rbac.authorization.k8s.io'), kind: oneOf('Role', 'ClusterRole') },
  'rbac.v1.Subject': { kind: oneOf('ServiceAccount', 'User', 'Group') },
  'scheduling.v1.PriorityClass': {
    preemptionPolicy: oneOf('PreemptLowerPriority', 'Never'),
    value: range(-2_147_483_648, 1_000_000_000),
  },
  'storage.v1.StorageClass': {
    reclaimPolicy: oneOf('Delete', 'Retain'),
    volumeBindingMode: oneOf('Immediate', 'WaitForFirstConsumer'),
  },
};

/** Fields that the API server demands although its OpenAPI documents hold them to be optional. */
export const requiredByApiServer: Readonly<Record<string, readonly string[]>> = {
  'apps.v1.DaemonSet': ['spec'],
  'apps.v1.Deployment': ['spec'],
  'apps.v1.ReplicaSet': ['spec'],
  'apps.v1.StatefulSet': ['spec'],
  'autoscaling.v2.HorizontalPodAutoscaler': ['spec'],
  'batch.v1.CronJob': ['spec'],
  'batch.v1.Job': ['spec'],
  'core.v1.Container': ['image'],
  'core.v1.PersistentVolumeClaim': ['spec'],
  'core.v1.PersistentVolumeClaimSpec': ['accessModes', 'resources'],
  'core.v1.Pod': ['spec'],
  'core.v1.PodTemplateSpec': ['spec'],
  'core.v1.Service': ['spec'],
  'networking.v1.Ingress': ['spec'],
  'networking.v1.NetworkPolicy': ['spec'],
  'policy.v1.PodDisruptionBudget': ['spec'],
};

/** Fields of which only one may be set, by definition. */
export const exclusiveFields: Readonly<Record<string, readonly ExclusiveFields[]>> = {
  'core.v1.EnvVar': [atMostOne('value', 'valueFrom')],
  'core.v1.EnvFromSource': [exactlyOne('configMapRef', 'secretRef')],
  'core.v1.EnvVarSource': [exactlyOne('configMapKeyRef', 'fieldRef', 'fileKeyRef', 'resourceFieldRef', 'secretKeyRef')],
  'core.v1.LifecycleHandler': [exactlyOne('exec', 'httpGet', 'sleep', 'tcpSocket')],
  'core.v1.Probe': [exactlyOne('exec', 'grpc', 'httpGet', 'tcpSocket')],
  'core.v1.VolumeProjection': [
    exactlyOne('clusterTrustBundle', 'configMap', 'downwardAPI', 'podCertificate', 'secret', 'serviceAccountToken'),
  ],
  'core.v1.VolumeMount': [atMostOne('subPath', 'subPathExpr')],
  'networking.v1.IngressBackend': [exactlyOne('resource', 'service')],
  'networking.v1.NetworkPolicyPeer': [atMostOne('ipBlock', 'namespaceSelector'), atMostOne('ipBlock', 'podSelector')],
  'networking.v1.ServiceBackendPort': [exactlyOne('name', 'number')],
  'policy.v1.PodDisruptionBudgetSpec': [atMostOne('maxUnavailable', 'minAvailable')],
};
