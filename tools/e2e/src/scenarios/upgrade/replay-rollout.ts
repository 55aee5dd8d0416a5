import type { Observation } from '../../recorder/observation.ts';
import { revisionOf } from '../../world/agent-pods.ts';
import { isReady } from '../../world/pod-facts.ts';

/** What was seen of the agent's pods during a rollout. */
export interface RolloutView {
  /** Pods that had become ready and were not told to end; the fewest at any time. */
  readonly fewestServing: number;
  /** Pods that the ReplicaSets were told to have; the most at any time. */
  readonly mostWanted: number;
  /** Whether pods of the old and the new revision served at the same time. */
  readonly overlapped: boolean;
}

export interface RolloutRecord {
  /** All that was ever heard of the agent's pods, in order. */
  readonly pods: readonly Observation<'Pod'>[];
  readonly replicaSets: readonly Observation<'ReplicaSet'>[];
  readonly startedAtMs: number;
}

interface Moment {
  readonly atMs: number;
  readonly count: number;
  /** How many revisions have a pod that serves. */
  readonly revisions: number;
}

/** Goes through the record again and says what was true at every moment since the rollout began. */
export function replayRollout({ pods, replicaSets, startedAtMs }: RolloutRecord): RolloutView {
  const serving = since(startedAtMs, replayPods(pods));
  return {
    fewestServing: Math.min(...serving.map(({ count }) => count)),
    mostWanted: Math.max(...since(startedAtMs, replayWanted(replicaSets)).map(({ count }) => count)),
    overlapped: serving.some(({ revisions }) => revisions > 1),
  };
}

/** The moments since then, and the last one before, which was still true at the beginning. */
function since(startedAtMs: number, moments: readonly Moment[]): readonly Moment[] {
  const first = moments.findIndex(({ atMs }) => atMs >= startedAtMs);
  return moments.slice(first === -1 ? -1 : Math.max(0, first - 1));
}

/** A pod that was ready once serves until it is told to end: a probe that is late on a busy machine is no decision. */
function replayPods(observations: readonly Observation<'Pod'>[]): readonly Moment[] {
  const serving = new Map<string, string>();
  return observations.map(({ atMs, change, object }) => {
    const name = object.metadata?.name ?? '';
    const isLeaving = change === 'deleted' || object.metadata?.deletionTimestamp !== undefined;
    if (isLeaving) serving.delete(name);
    else if (isReady(object)) serving.set(name, revisionOf(object));
    return { atMs, count: serving.size, revisions: new Set(serving.values()).size };
  });
}

function replayWanted(observations: readonly Observation<'ReplicaSet'>[]): readonly Moment[] {
  const wanted = new Map<string, number>();
  return observations.map(({ atMs, change, object }) => {
    wanted.set(object.metadata?.name ?? '', change === 'deleted' ? 0 : (object.spec?.replicas ?? 0));
    const counts = [...wanted.values()];
    return { atMs, count: counts.reduce((sum, count) => sum + count, 0), revisions: counts.filter(Boolean).length };
  });
}
