import { describe, expect, it } from '@jest/globals';
import { NamespaceRecord } from '../../recorder/namespace-record.ts';
import { agentLabels } from '../../world/agent-pods.ts';
import { waitFor } from '../../world/wait-for.ts';
import type { World } from '../../world/world.ts';
import { killAgent } from './kill-pod.ts';

function addAgent(record: NamespaceRecord, name: string, { isReady = true, createdAtMs = 0 } = {}): void {
  const metadata = { name, labels: { ...agentLabels }, creationTimestamp: new Date(createdAtMs) };
  const status = { conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] };
  record.add({ atMs: 0, kind: 'Pod', change: 'modified', object: { metadata, status } });
}

function worldOf(record: NamespaceRecord, signal = new AbortController().signal) {
  const killed: string[] = [];
  const remove = async (_kind: string, name: string) => void killed.push(name);
  // Of the objects, killing needs their deletion alone.
  const objects = { delete: remove } as Partial<World['objects']> as World['objects'];
  const wait: World['waitFor'] = (what, read, options) => waitFor(what, read, { record, signal, ...options });
  return { killed, objects, waitFor: wait };
}

describe('killAgent', () => {
  it('kills the oldest agent of those that are ready', async () => {
    const record = new NamespaceRecord();
    addAgent(record, 'oldest', { isReady: false, createdAtMs: 1 });
    addAgent(record, 'young', { createdAtMs: 3 });
    addAgent(record, 'old', { createdAtMs: 2 });
    const world = worldOf(record);
    await killAgent(world);
    expect(world.killed).toEqual(['old']);
  });

  it('waits while no agent is ready, and kills the first that is', async () => {
    const record = new NamespaceRecord();
    addAgent(record, 'recovering', { isReady: false });
    const world = worldOf(record);
    const killing = killAgent(world);
    expect(world.killed).toEqual([]);
    addAgent(record, 'recovering');
    await killing;
    expect(world.killed).toEqual(['recovering']);
  });

  it('does not pass over a kill when no agent gets ready', async () => {
    const stop = new AbortController();
    const world = worldOf(new NamespaceRecord(), stop.signal);
    const killing = killAgent(world);
    stop.abort();
    await expect(killing).rejects.toThrow('stopped while waiting for an agent to be ready, to be killed');
    expect(world.killed).toEqual([]);
  });
});
