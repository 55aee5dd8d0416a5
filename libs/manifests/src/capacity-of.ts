import { isArgoHook } from './argo-hooks.ts';
import { isHelmHook } from './helm-hooks.ts';
import { identityOf } from './identity-of.ts';
import { numberAt, textAt } from './json.ts';
import { groupKindOf, type KubernetesObject, nameOf, type RenderedObject } from './kubernetes-object.ts';
import { podRequestsOf } from './pod-requests-of.ts';
import { type PodSource, podsOf } from './pods-of.ts';

/** What a release asks of the cluster while it runs. */
export interface Capacity {
  /** Objects that belong to the release; hooks and tests are not counted. */
  readonly objects: number;
  readonly pods: number;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly workloads: readonly WorkloadCapacity[];
}

export interface WorkloadCapacity {
  readonly object: string;
  readonly pods: number;
  /** What the scheduler reserves for one of its pods. */
  readonly cpuMillisPerPod: number;
  readonly memoryBytesPerPod: number;
  /** A DaemonSet has one pod on each node, and is counted as if there were one node. */
  readonly isPerNode: boolean;
}

/**
 * Pods and effective requests of everything that keeps running: replicas times what the scheduler reserves for a pod.
 * Hooks, tests and CronJobs run for moments and are left out.
 */
export function capacityOf(objects: readonly RenderedObject[]): Capacity {
  const released = objects.filter(({ object }) => !isHelmHook(object) && !isArgoHook(object));
  const running = podsOf(released).filter(({ rendered }) => rendered.object.kind !== 'CronJob');
  const workloads = running.map((pod) => workloadOf(pod, released));
  return {
    objects: released.length,
    pods: sumOf(workloads.map(({ pods }) => pods)),
    cpuMillis: sumOf(workloads.map(({ pods, cpuMillisPerPod }) => pods * cpuMillisPerPod)),
    memoryBytes: sumOf(workloads.map(({ pods, memoryBytesPerPod }) => pods * memoryBytesPerPod)),
    workloads,
  };
}

function workloadOf({ rendered, spec }: PodSource, objects: readonly RenderedObject[]): WorkloadCapacity {
  const { cpuMillis, memoryBytes } = podRequestsOf(spec);
  return {
    object: identityOf(rendered.object),
    pods: podCountOf(rendered.object, objects),
    cpuMillisPerPod: cpuMillis,
    memoryBytesPerPod: memoryBytes,
    isPerNode: rendered.object.kind === 'DaemonSet',
  };
}

function podCountOf(object: KubernetesObject, objects: readonly RenderedObject[]): number {
  const count = object.kind === 'Job' ? 'parallelism' : 'replicas';
  return numberAt(object, 'spec', count) ?? autoscaledMinimumOf(object, objects) ?? 1;
}

function autoscaledMinimumOf(object: KubernetesObject, objects: readonly RenderedObject[]): number | undefined {
  const scaler = objects.find((candidate) => scales(candidate.object, object));
  return scaler && numberAt(scaler.object, 'spec', 'minReplicas');
}

function scales(candidate: KubernetesObject, target: KubernetesObject): boolean {
  const isScaler = groupKindOf(candidate) === 'HorizontalPodAutoscaler.autoscaling';
  const isNamed = textAt(candidate, 'spec', 'scaleTargetRef', 'name') === nameOf(target);
  return isScaler && isNamed && textAt(candidate, 'spec', 'scaleTargetRef', 'kind') === target.kind;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
