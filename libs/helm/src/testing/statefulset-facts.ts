import type { Container, EnvVar, Mapping, PodSpec, Probe, StatefulSet } from './kubernetes-objects.ts';

export interface StatefulSetFacts {
  readonly replicas: number;
  readonly serviceName: string;
  readonly selector: Mapping;
  /** Claim of the first pod, or `emptyDir`. */
  readonly data: string;
  /** None of this can change on a live release. */
  readonly claimTemplates: readonly Mapping[];
  readonly image: string;
  readonly pullSecrets: readonly string[];
  readonly serviceAccount: string;
  /** Whether the pod itself says if it gets an API token. */
  readonly podToken: boolean | 'as the ServiceAccount says';
  readonly command: readonly string[];
  /** The value, or `Secret name key`. */
  readonly env: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, number>>;
  /** `30 10 5 6 1 exec pg_isready …`: delay, period, timeout, failures, successes and what is asked. */
  readonly probes: Readonly<Record<string, string>>;
  readonly mountPaths: readonly string[];
  readonly securityContexts: { readonly pod: unknown; readonly container: unknown };
  readonly resources: unknown;
  readonly scheduling: Mapping;
}

export function statefulSetFacts({ metadata, spec }: StatefulSet): StatefulSetFacts {
  const pod = spec.template.spec;
  const [container] = pod.containers;
  return {
    replicas: spec.replicas,
    serviceName: spec.serviceName,
    selector: spec.selector.matchLabels,
    data: dataOf(metadata.name, pod, spec.volumeClaimTemplates ?? []),
    // One of the real charts leaves out kind and version, which the API server adds.
    claimTemplates: (spec.volumeClaimTemplates ?? []).map((claim) => ({ metadata: claim.metadata, spec: claim.spec })),
    serviceAccount: pod.serviceAccountName,
    podToken: pod.automountServiceAccountToken ?? 'as the ServiceAccount says',
    pullSecrets: (pod.imagePullSecrets ?? []).map(({ name }) => name),
    securityContexts: { pod: pod.securityContext, container: container.securityContext },
    scheduling: schedulingOf(pod),
    ...containerFacts(container),
  };
}

function containerFacts(container: Container) {
  return {
    image: container.image,
    command: [...(container.command ?? []), ...(container.args ?? [])],
    env: Object.fromEntries(container.env.map((variable) => [variable.name, sourceOf(variable)])),
    ports: Object.fromEntries(container.ports.map(({ name, containerPort }) => [name, containerPort])),
    probes: probesOf(container),
    mountPaths: container.volumeMounts.map(({ mountPath }) => mountPath.replace(/\/$/, '')).sort(),
    resources: container.resources ?? {},
  };
}

type ClaimTemplates = NonNullable<StatefulSet['spec']['volumeClaimTemplates']>;

function dataOf(name: string, { volumes }: PodSpec, claims: ClaimTemplates): string {
  const [claim] = claims;
  if (claim) return `${claim.metadata.name}-${name}-0`;
  const claimed = volumes.find(({ persistentVolumeClaim }) => persistentVolumeClaim)?.persistentVolumeClaim;
  return claimed?.claimName ?? 'emptyDir';
}

function sourceOf({ value, valueFrom }: EnvVar): string {
  return valueFrom ? `Secret ${valueFrom.secretKeyRef.name} ${valueFrom.secretKeyRef.key}` : (value ?? '');
}

function probesOf({ livenessProbe, readinessProbe, startupProbe }: Container): Readonly<Record<string, string>> {
  const probes = Object.entries({ livenessProbe, readinessProbe, startupProbe });
  return Object.fromEntries(probes.flatMap(([name, probe]) => (probe ? [[name, describeProbe(probe)]] : [])));
}

function describeProbe(probe: Probe): string {
  const timing = [
    probe.initialDelaySeconds,
    probe.periodSeconds,
    probe.timeoutSeconds,
    probe.failureThreshold,
    probe.successThreshold,
  ];
  return `${timing.join(' ')} ${probe.exec ? lastCommand(probe.exec.command) : 'tcp'}`;
}

/** What the shell is told to run; after a line that begins with `exec`, the shell runs nothing. */
function lastCommand(command: readonly string[]): string {
  return (command.at(-1) ?? '').split('\n')[0] ?? '';
}

const schedulingKeys = [
  'nodeSelector',
  'tolerations',
  'topologySpreadConstraints',
  'priorityClassName',
  'terminationGracePeriodSeconds',
];

function schedulingOf(pod: PodSpec): Mapping {
  const affinity = Object.entries(pod.affinity ?? {}).filter(([, terms]) => terms !== null);
  const others = schedulingKeys.flatMap((key) => (key in pod ? [[key, pod[key]]] : []));
  return Object.fromEntries([...affinity, ...others]);
}
