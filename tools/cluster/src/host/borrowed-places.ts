import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterLayout } from '../cluster-layout.ts';
import { tryProgram } from '../run-program.ts';

/**
 * Directories of this machine over which each node mounts its own, because no flag of kubelet, containerd or CNI moves
 * them. `machine-init.sh` mounts them.
 */
export const nodePlaces = [
  '/var/lib/kubelet',
  '/var/lib/cni',
  '/var/log/pods',
  '/var/log/containers',
  '/run/netns',
  '/etc/cni',
] as const;

const namespaces = '/run/netns';

/** What this machine did not have before the cluster. */
interface Borrowed {
  /** Outermost first. */
  readonly directories: readonly string[];
  /** Whether `ip netns` had no mount for its names yet. */
  readonly isNamespacesMount: boolean;
}

const record = join(clusterLayout.stateDirectory, 'borrowed.json');

/** Makes the directories that are missing, and notes what {@link returnPlaces} has to take back. */
export function borrowPlaces(): void {
  const borrowed: Borrowed = {
    directories: nodePlaces.filter((place) => !existsSync(place)),
    isNamespacesMount: !isMountPoint(namespaces),
  };
  writeFileSync(record, JSON.stringify(borrowed));
  for (const place of nodePlaces) mkdirSync(place, { recursive: true });
}

/** Takes back what the cluster alone has made here and nobody else has begun to use. */
export async function returnPlaces(): Promise<void> {
  if (!existsSync(record)) return;
  const { directories, isNamespacesMount }: Borrowed = JSON.parse(readFileSync(record, 'utf8'));
  if (isNamespacesMount && isMountPoint(namespaces)) await tryProgram(['umount', namespaces]);
  for (const directory of directories.toReversed()) removeEmpty(directory);
}

/** Those of the places that this machine has. */
export function listPlaces(): readonly string[] {
  return nodePlaces.filter((place) => existsSync(place));
}

function isMountPoint(path: string): boolean {
  const points = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1]);
  return points.includes(path);
}

function removeEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // It is in use, or has gone already.
  }
}
