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

/** The cluster's group of each hierarchy that has one. */
export function listCgroups(): readonly string[] {
  return listHierarchies()
    .map((hierarchy) => join(hierarchy, clusterName))
    .filter((path) => existsSync(path));
}

/** The same, and all groups below, which are those of nodes and pods. */
export function listCgroupTrees(): readonly string[] {
  return listCgroups().flatMap(listTree);
}

function listTree(path: string): readonly string[] {
  return [path, ...listChildren(path).flatMap(listTree)];
}

function listChildren(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name));
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
  for (const child of listChildren(path)) removeTree(child);
  rmdirSync(path);
}
