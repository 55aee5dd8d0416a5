/** The parts of objects that facts are made of. What else an object has is none of theirs. */
export type KubernetesObject = StatefulSet | Service | ConfigData | ServiceAccount | Policy;

export type Mapping = Readonly<Record<string, unknown>>;

interface Named<Kind extends string> {
  readonly kind: Kind;
  readonly metadata: Metadata;
}

export interface Metadata {
  readonly name: string;
  readonly labels?: Mapping;
  readonly annotations?: Mapping | null;
}

export interface StatefulSet extends Named<'StatefulSet'> {
  readonly spec: {
    readonly replicas: number;
    readonly serviceName: string;
    readonly selector: { readonly matchLabels: Mapping };
    readonly template: { readonly metadata: Metadata; readonly spec: PodSpec };
    readonly volumeClaimTemplates?: readonly { readonly metadata: Metadata; readonly spec: Mapping }[];
  };
}

export interface PodSpec {
  readonly containers: readonly [Container, ...Container[]];
  readonly volumes: readonly Volume[];
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken?: boolean;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly securityContext?: Mapping;
  readonly affinity?: Mapping;
  readonly [schedulingKey: string]: unknown;
}

export interface Volume {
  readonly name: string;
  readonly emptyDir?: unknown;
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

export interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: readonly EnvVar[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts: readonly { readonly mountPath: string }[];
  readonly securityContext?: Mapping;
  readonly resources?: Mapping;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

export interface Probe {
  readonly exec?: { readonly command: readonly string[] };
  readonly tcpSocket?: unknown;
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
}

export interface Service extends Named<'Service'> {
  readonly spec: {
    readonly type: string;
    readonly clusterIP?: string;
    readonly selector: Mapping;
    readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: string }[];
  };
}

export interface ConfigData extends Named<'ConfigMap' | 'Secret'> {
  readonly data?: Mapping;
}

export interface ServiceAccount extends Named<'ServiceAccount'> {
  readonly automountServiceAccountToken?: boolean;
}

export interface Policy extends Named<'PodDisruptionBudget' | 'NetworkPolicy'> {
  readonly spec: Mapping;
}
