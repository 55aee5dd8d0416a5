import { describe, expect, it } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import type { Observation } from '../recorder/observation.ts';
import { podLanes } from './pod-lanes.ts';

const metadata = { name: 'task-api-1', uid: 'u1', labels: { 'app.kubernetes.io/component': 'agent' } };
const ready = [{ type: 'Ready', status: 'True' }];

function seen(atMs: number, pod: V1Pod, change: Observation['change'] = 'modified'): Observation<'Pod'> {
  return { atMs, kind: 'Pod', change, object: { metadata, ...pod } };
}

describe('podLanes', () => {
  it('turns what was heard of a pod into phases, and repetitions into one', () => {
    const [lane] = podLanes(
      [
        seen(0, { status: { phase: 'Pending' } }, 'added'),
        seen(10, { status: { phase: 'Pending' } }),
        seen(20, { status: { phase: 'Running' } }),
        seen(30, { status: { phase: 'Running', conditions: ready } }),
        seen(90, {
          metadata: { ...metadata, deletionTimestamp: new Date(0) },
          status: { phase: 'Running', conditions: ready },
        }),
        seen(95, {}, 'deleted'),
      ],
      200,
    );
    expect(lane).toMatchObject({ name: 'task-api-1', group: 'agent', restarts: 0 });
    expect(lane?.spans).toEqual([
      { phase: 'pending', startedAtMs: 0, endedAtMs: 20 },
      { phase: 'running', startedAtMs: 20, endedAtMs: 30 },
      { phase: 'ready', startedAtMs: 30, endedAtMs: 90 },
      { phase: 'terminating', startedAtMs: 90, endedAtMs: 95 },
    ]);
  });

  it('lets a pod that still runs go on to the end', () => {
    const [lane] = podLanes([seen(5, { status: { phase: 'Running', conditions: ready } })], 50);
    expect(lane?.spans).toEqual([{ phase: 'ready', startedAtMs: 5, endedAtMs: 50 }]);
  });

  it('keeps pods of one name apart, as those of a StatefulSet are', () => {
    const second = { ...metadata, uid: 'u2' };
    const lanes = podLanes([seen(0, {}), seen(9, {}, 'deleted'), seen(10, { metadata: second })], 20);
    expect(lanes).toHaveLength(2);
  });

  it('groups the pods of databases by their chart, not by the part they play', () => {
    const labels = { 'app.kubernetes.io/component': 'primary', 'app.kubernetes.io/name': 'postgresql' };
    expect(podLanes([seen(0, { metadata: { ...metadata, labels } })], 1)[0]?.group).toBe('postgresql');
  });
});
