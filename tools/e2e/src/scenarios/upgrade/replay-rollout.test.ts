import { describe, expect, it } from '@jest/globals';
import type { Observation } from '../../recorder/observation.ts';
import { replayRollout } from './replay-rollout.ts';

const startedAtMs = 100;

interface Sight {
  readonly ready?: boolean;
  readonly leaving?: true;
}

function pod(atMs: number, name: string, { ready = true, leaving }: Sight = {}): Observation<'Pod'> {
  const metadata = {
    name,
    labels: { 'pod-template-hash': name.split('-')[0] ?? '' },
    ...(leaving === undefined ? {} : { deletionTimestamp: new Date() }),
  };
  const status = { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] };
  return { atMs, kind: 'Pod', change: 'modified', object: { metadata, status } };
}

function replicaSet(atMs: number, name: string, replicas: number): Observation<'ReplicaSet'> {
  const spec = { replicas, selector: {} };
  return { atMs, kind: 'ReplicaSet', change: 'modified', object: { metadata: { name }, spec } };
}

function replay(
  pods: readonly Observation<'Pod'>[],
  replicaSets: readonly Observation<'ReplicaSet'>[] = [replicaSet(0, 'old', 2)],
) {
  return replayRollout({ pods, replicaSets, startedAtMs });
}

const before = [pod(10, 'old-1'), pod(20, 'old-2')];

describe('replayRollout', () => {
  it('counts the pods that serve from what was there before', () => {
    const view = replay([...before, pod(110, 'new-1'), pod(120, 'old-1', { leaving: true })]);
    expect(view).toMatchObject({ fewestServing: 2, overlapped: true });
  });

  it('sees that an old pod is told to end before a new one is ready', () => {
    const view = replay([...before, pod(110, 'old-1', { leaving: true }), pod(120, 'new-1')]);
    expect(view.fewestServing).toBe(1);
  });

  it('takes no pod for serving that was never ready, and no late probe for the end of one', () => {
    const view = replay([...before, pod(110, 'new-1', { ready: false }), pod(120, 'old-1', { ready: false })]);
    expect(view).toMatchObject({ fewestServing: 2, overlapped: false });
  });

  it('adds up what all ReplicaSets are told to have', () => {
    const steps = [replicaSet(10, 'old', 2), replicaSet(110, 'new', 1), replicaSet(120, 'old', 1)];
    expect(replay(before, steps).mostWanted).toBe(3);
  });

  it('does not count what was before the rollout', () => {
    const steps = [replicaSet(10, 'older', 5), replicaSet(20, 'older', 2), replicaSet(110, 'new', 1)];
    expect(replay([pod(10, 'old-1'), ...before, pod(110, 'new-1')], steps)).toMatchObject({
      mostWanted: 3,
      fewestServing: 2,
    });
  });
});
