import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clusterName } from '../cluster-layout.ts';

const hierarchies = '/sys/fs/cgroup';
const deadlineMs = 5_000;

/**
 * Weight of all pods together. Programs outside, those of the control plane and Helm among them, weigh 1024 each; on
 * a machine with systemd they do so together.
 */
const cpuShares = '16384';

/** The kubelet does not create its root, and a cpuset without processors takes no process. */
export async function createCgroups(node: string): Promise<void> {
  for (const hierarchy of listHierarchies()) await mkdir(join(hierarchy, clusterName, node), { recursive: true });
  for (const group of [clusterName, join(clusterName, node)])
    for (const file of ['cpuset.cpus', 'cpuset.mems']) await copyDown(file, group);
  await writeFile(join(hierarchies, 'cpu', clusterName, 'cpu.shares'), cpuShares);
}

/** Removes the groups of a node, or of all nodes, when their processes have ended, which the kernel may still be at. */
export async function deleteCgroups(node = ''): Promise<void> {
  const roots = listHierarchies().map((hierarchy) => join(hierarchy, clusterName, node));
  const deadline = Date.now() + deadlineMs;
  while (!roots.every(isRemoved) && Date.now() < deadline) await delay(50);
}

export function listCgroups(): readonly string[] {
  return listHierarchies()
    .map((hierarchy) => join(hierarchy, clusterName))
    .filter((path) => existsSync(path));
}

/** `unified` is the second version beside the first, which takes no controllers here. */
function listHierarchies(): readonly string[] {
  return readdirSync(hierarchies, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'unified')
    .map((entry) => join(hierarchies, entry.name));
}

async function copyDown(file: string, group: string): Promise<void> {
  const cpuset = join(hierarchies, 'cpuset');
  if (!existsSync(cpuset)) return;
  await writeFile(join(cpuset, group, file), await readFile(join(cpuset, file), 'utf8'));
}

function isRemoved(root: string): boolean {
  try {
    removeTree(root);
    return true;
  } catch {
    // A process in it has not ended yet.
    return false;
  }
}

/** A cgroup is removed by rmdir from the leaves up; its files are no files that could be deleted. */
function removeTree(path: string): void {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) removeTree(join(path, entry.name));
  rmdirSync(path);
}
