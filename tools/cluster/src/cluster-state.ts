import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { ClusterError } from './cluster-error.ts';
import { clusterLayout } from './cluster-layout.ts';
import { findMissingParts } from './cluster-parts.ts';
import type { Programs } from './components/build-components.ts';
import { requireRoot } from './host/require-root.ts';
import { isApiReady } from './kubectl.ts';
import { logOf } from './processes/cluster-process.ts';

/** What has to be known of a cluster that runs. */
export interface ClusterState {
  readonly nodeCount: number;
  /** Port of the API on this machine's loopback. */
  readonly apiPort: number;
  readonly programs: Programs;
  /** How long it took from the first namespace to the last pod, in milliseconds. */
  readonly bootMs: number;
  /** Digests of the archives whose images all nodes have. */
  readonly archives: readonly string[];
}

/** What the last cluster left that came up whole and was not taken down. It may have been cut off since. */
export async function readState(): Promise<ClusterState | undefined> {
  if (!existsSync(clusterLayout.stateFile)) return undefined;
  requireRoot();
  return JSON.parse(await readFile(clusterLayout.stateFile, 'utf8'));
}

/**
 * The state of a cluster that runs; undefined when there is none, or only what a crash has left of one. A busy machine
 * may take a while to answer.
 *
 * @throws {ClusterError} `not-answering` when all parts of a control plane run and its API does not answer
 */
export async function readRunningState(): Promise<ClusterState | undefined> {
  const state = await readState();
  if (state === undefined || findMissingParts(state.nodeCount).controlPlane.length > 0) return undefined;
  const deadline = Date.now() + patienceMs;
  while (!(await isApiReady(state.programs.kubectl ?? ''))) {
    if (Date.now() > deadline)
      throw new ClusterError('not-answering', { value: patienceMs / 1000, path: logOf('kube-apiserver') });
    await delay(500);
  }
  return state;
}

const patienceMs = 30_000;

export async function writeState(state: ClusterState): Promise<void> {
  await writeFileAtomic(clusterLayout.stateFile, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
}
