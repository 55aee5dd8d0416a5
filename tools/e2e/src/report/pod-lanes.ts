import type { V1Pod } from '@kubernetes/client-node';
import type { Observation } from '../recorder/observation.ts';
import { isReady } from '../world/pod-facts.ts';

export type PodPhase = 'pending' | 'initialising' | 'running' | 'ready' | 'succeeded' | 'failed' | 'terminating';

export interface PodSpan {
  readonly phase: PodPhase;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** The life of one pod as a row of a timeline. */
export interface PodLane {
  readonly name: string;
  readonly namespace: string;
  /** Component of the chart, or the role of a pod of the suite. */
  readonly group: string;
  readonly owner: string;
  readonly node?: string;
  readonly restarts: number;
  readonly spans: readonly PodSpan[];
}

/** A row for each pod that was seen, in the order of their creation. */
export function podLanes(history: readonly Observation<'Pod'>[], endedAtMs: number): readonly PodLane[] {
  const byPod = Map.groupBy(history, ({ object }) => object.metadata?.uid ?? '');
  return [...byPod.values()].map((observations) => laneOf(observations, endedAtMs));
}

function laneOf(observations: readonly Observation<'Pod'>[], endedAtMs: number): PodLane {
  // A group of observations is never empty.
  const { object: newest } = observations.at(-1) as Observation<'Pod'>;
  const { metadata, spec, status } = newest;
  const restarts = (status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
  return {
    name: metadata?.name ?? '',
    namespace: metadata?.namespace ?? '',
    group: groupOf(metadata?.labels ?? {}),
    owner: metadata?.ownerReferences?.[0]?.kind ?? 'Pod',
    ...(spec?.nodeName === undefined ? {} : { node: spec.nodeName }),
    restarts,
    spans: spansOf(observations, endedAtMs),
  };
}

function groupOf(labels: Readonly<Record<string, string>>): string {
  const { 'app.kubernetes.io/component': component = '', 'app.kubernetes.io/name': name = '' } = labels;
  if (databases.includes(name)) return name;
  return labels['task-api-e2e/role'] ?? (component || name || 'other');
}

/** Their charts name the component for the part that a pod plays. */
const databases: readonly string[] = ['postgresql', 'redis'];

function spansOf(observations: readonly Observation<'Pod'>[], endedAtMs: number): readonly PodSpan[] {
  const spans: PodSpan[] = [];
  for (const [index, { object, change, atMs }] of observations.entries()) {
    if (change === 'deleted') break;
    const next = observations[index + 1]?.atMs ?? endedAtMs;
    const phase = phaseOf(object);
    const last = spans.at(-1);
    if (last?.phase === phase) spans[spans.length - 1] = { ...last, endedAtMs: next };
    else spans.push({ phase, startedAtMs: atMs, endedAtMs: next });
  }
  return spans;
}

/** What a person would call the state of a pod. */
export function phaseOf(pod: V1Pod): PodPhase {
  const { metadata, status } = pod;
  if (status?.phase === 'Succeeded') return 'succeeded';
  if (status?.phase === 'Failed') return 'failed';
  if (metadata?.deletionTimestamp !== undefined) return 'terminating';
  if (isReady(pod)) return 'ready';
  if (status?.phase === 'Running') return 'running';
  const isInitialising = (status?.initContainerStatuses ?? []).some(({ state }) => state?.running !== undefined);
  return isInitialising ? 'initialising' : 'pending';
}
