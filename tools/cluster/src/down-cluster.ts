import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { ClusterError } from './cluster-error.ts';
import { clusterLayout, clusterName } from './cluster-layout.ts';
import { withLock } from './cluster-lock.ts';
import { deleteNetwork } from './control-plane/network.ts';
import { returnPlaces } from './host/borrowed-places.ts';
import { deleteCgroups, listCgroups } from './machine/cgroups.ts';
import { endProcesses } from './processes/end-processes.ts';
import { findProcesses } from './processes/find-processes.ts';

/** Removes every trace of the cluster from this machine, however much of it is there. Caches stay. */
export async function downCluster(): Promise<void> {
  await withLock(removeCluster);
}

/** The same for a caller that holds the lock. */
export async function removeCluster(): Promise<void> {
  await endProcesses();
  await deleteNetwork();
  await returnPlaces();
  await deleteCgroups();
  await rm(clusterLayout.runtimeDirectory, { recursive: true, force: true });
  await rm(clusterLayout.stateDirectory, { recursive: true, force: true });
  const remains = listRemains();
  if (remains.length > 0) throw new ClusterError('left-behind', { value: remains.join(', ') });
}

/** Everything of a cluster that is on this machine, running or not. */
export function listRemains(): readonly string[] {
  return [
    ...findProcesses().map(({ pid, program }) => `process ${pid} (${program})`),
    ...listNamespaces().map((name) => `network namespace ${name}`),
    ...listCgroups().map((path) => `cgroup ${path}`),
    ...[clusterLayout.runtimeDirectory, clusterLayout.stateDirectory].filter((path) => existsSync(path)),
  ];
}

function listNamespaces(): readonly string[] {
  return existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name === clusterName) : [];
}
