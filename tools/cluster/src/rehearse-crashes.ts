import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findCluster } from './cluster.ts';
import { downCluster } from './down-cluster.ts';
import { compareSnapshots, takeSnapshot } from './host/host-snapshot.ts';
import { endProcesses } from './processes/end-processes.ts';
import { findProcesses } from './processes/find-processes.ts';
import { upCluster } from './up-cluster.ts';

/** A way in which a cluster or its start may be cut off. */
interface Crash {
  readonly name: string;
  /** Leaves the cluster in pieces. */
  readonly happen: () => Promise<void>;
}

export interface Rehearsal {
  readonly name: string;
  readonly startedAtMs: number;
  /** What `down` did not bring back to what it was, or that the pieces count as a cluster; empty is well. */
  readonly differences: readonly string[];
}

/**
 * Cuts a cluster off in several ways, looks whether it still counts as one that runs, and compares this machine after
 * `down` with what it was before.
 */
export async function rehearseCrashes(onProgress: (line: string) => void): Promise<readonly Rehearsal[]> {
  await downCluster();
  const rehearsals: Rehearsal[] = [];
  for (const crash of crashes) {
    const startedAtMs = Date.now();
    const before = await takeSnapshot();
    await crash.happen();
    const mistakes = (await findCluster()) === undefined ? [] : ['what is left counts as a cluster that runs'];
    await downCluster();
    const differences = [...mistakes, ...compareSnapshots(before, await takeSnapshot())];
    onProgress(`${differences.length === 0 ? 'clean' : 'NOT CLEAN'} after ${crash.name}`);
    rehearsals.push({ name: crash.name, startedAtMs, differences });
  }
  return rehearsals;
}

const crashes: readonly Crash[] = [
  { name: 'a start that is killed while it starts the API server', happen: () => killStartAt('kube-apiserver') },
  { name: 'a start that is killed while it starts the nodes', happen: () => killStartAt('node2-kubelet') },
  {
    name: 'kill -9 of process 1 of a node, a containerd, etcd and a forwarder',
    happen: () => upAndKill(['node1-machine', 'node2-containerd', 'etcd', 'api-forwarder']),
  },
];

async function killStartAt(name: string): Promise<void> {
  const main = join(import.meta.dirname, 'main.ts');
  const start = spawn(process.execPath, [main, 'up'], { stdio: 'ignore' });
  const ended = once(start, 'exit');
  const timer = setInterval(() => {
    if (findProcesses().some((found) => found.name === name)) start.kill('SIGKILL');
  }, 20);
  await ended;
  clearInterval(timer);
}

async function upAndKill(names: readonly string[]): Promise<void> {
  await upCluster();
  await endProcesses(({ name }) => names.includes(name));
}
