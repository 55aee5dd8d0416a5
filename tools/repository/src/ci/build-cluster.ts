import { existsSync } from 'node:fs';
import { type CommandOutcome, runVisibly } from './run-step.ts';

let started: Promise<CommandOutcome> | undefined;

/** Builds the programs of the cluster beside the tests that need no cluster: on a new machine that takes longest of all. */
export function startBuildingCluster(): void {
  started ??= runVisibly({ program: 'nice', args: ['node', 'tools/cluster/src/main.ts', 'build'] });
}

/** Waits for the build; whether it went well shows when the cluster is started. */
export async function clusterBuild(): Promise<void> {
  startBuildingCluster();
  await started;
}

/** Why this machine cannot carry a cluster, or undefined when it can. */
export function whyNoCluster(): string | undefined {
  if (process.getuid?.() !== 0) return 'the nodes of a cluster need root';
  // Only version 2, which has one hierarchy for all controllers, has this file at its root.
  if (existsSync('/sys/fs/cgroup/cgroup.controllers')) return 'the nodes of a cluster need cgroup version 1';
  return undefined;
}
