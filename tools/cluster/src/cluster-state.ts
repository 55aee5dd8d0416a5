import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { clusterLayout } from './cluster-layout.ts';
import type { Programs } from './components/build-components.ts';
import { requireRoot } from './host/require-root.ts';
import { isApiReady } from './kubectl.ts';

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

/** The state of a cluster whose API answers. */
export async function readRunningState(): Promise<ClusterState | undefined> {
  const state = await readState();
  return state !== undefined && (await isApiReady(state.programs.kubectl ?? '')) ? state : undefined;
}

export async function writeState(state: ClusterState): Promise<void> {
  await writeFileAtomic(clusterLayout.stateFile, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
}
