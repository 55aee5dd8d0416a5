import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { findCluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { downCluster } from './down-cluster.ts';
import { compareSnapshots, takeSnapshot } from './host/host-snapshot.ts';
import { type FoundProcess, findProcesses } from './processes/find-processes.ts';

/** A way in which a cluster or its start may be cut off. */
export interface Crash {
  readonly name: string;
  /** Leaves the cluster in pieces. */
  readonly happen: () => Promise<void>;
}

export interface RehearsalOptions {
  /** Further ones, after those of this package. */
  readonly crashes?: readonly Crash[];
  readonly onProgress: (line: string) => void;
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
export async function rehearseCrashes({ crashes = [], onProgress }: RehearsalOptions): Promise<readonly Rehearsal[]> {
  await downCluster();
  const rehearsals: Rehearsal[] = [];
  for (const crash of [...ownCrashes, ...crashes]) {
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

const ownCrashes: readonly Crash[] = [
  { name: 'a start that is killed while it starts the API server', happen: () => killStartAt('kube-apiserver') },
  { name: 'a start that is killed while it starts the nodes', happen: () => killStartAt('node2-kubelet') },
];

function killStartAt(name: string): Promise<void> {
  return killProgramAt([join(import.meta.dirname, 'main.ts'), 'up'], (found) => found.name === name);
}

/**
 * Starts a program for Node and kills it as soon as a process of the cluster is there that the choice names.
 *
 * @throws {ClusterError} `command-failed` when it ends before
 */
export async function killProgramAt(
  command: readonly string[],
  isAwaited: (process: FoundProcess) => boolean,
): Promise<void> {
  const program = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said = text(program.stderr);
  const timer = setInterval(() => {
    if (findProcesses().some(isAwaited)) program.kill('SIGKILL');
  }, 20);
  const [exitCode, signal] = await once(program, 'exit');
  clearInterval(timer);
  if (signal === 'SIGKILL') return;
  throw new ClusterError('command-failed', { what: command.join(' '), value: `${exitCode ?? signal} ${await said}` });
}
