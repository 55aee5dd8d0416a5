import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from '@task-api/helm';
import type { ImageArchive } from '@task-api/images';
import { clusterLayout } from '../cluster-layout.ts';
import { keepNewest } from '../keep-newest.ts';
import { containerdConfig } from '../machine/containerd-config.ts';
import { startProcess } from '../processes/cluster-process.ts';
import { endProcesses } from '../processes/end-processes.ts';
import { runProgram, tryProgram } from '../run-program.ts';
import { waitUntil } from '../wait-until.ts';

const importer = 'image-import';
const stores = join(cacheDirectory(), 'cluster', 'image-stores');
/** Each takes most of a gigabyte, and every change of the agent makes another. */
const storesKept = 3;

/** Imports the images once into a root of containerd that is kept by the content of the archive. */
export async function prepareImageStore(archive: ImageArchive): Promise<string> {
  const directory = join(stores, archive.digest.replace(/^sha256:/, '').slice(0, 16));
  if (!existsSync(directory)) await createImageStore(directory, archive);
  const now = new Date();
  await utimes(directory, now, now);
  await keepNewest(stores, storesKept);
  return directory;
}

/** Gives a node the images: hard links for layers, which are never written in place, copies for the databases, which are. */
export async function copyImageStore(store: string, containerdRoot: string): Promise<void> {
  await rm(containerdRoot, { recursive: true, force: true });
  const linked = await tryProgram(['cp', '--archive', '--link', store, containerdRoot]);
  // Links end at the border of a file system; a copy takes longer and as much room again.
  if (linked.exitCode !== 0) await runProgram(['cp', '--archive', `${store}/.`, containerdRoot]);
  for (const file of await findDatabases(store)) await replaceLink(join(store, file), join(containerdRoot, file));
}

/** Not in the layers: their symbolic links would lead out of the store, into directories of this machine. */
async function findDatabases(store: string): Promise<readonly string[]> {
  const found = await runProgram(
    ['find', '.', '-name', 'snapshots', '-prune', '-o', '-type', 'f', '-name', '*.db', '-print'],
    { cwd: store },
  );
  return found.split('\n').filter((file) => file !== '');
}

/** Imports into a containerd that runs. */
export async function importImages(socket: string, archivePath: string): Promise<void> {
  await runProgram(['ctr', '--address', socket, '--namespace', 'k8s.io', 'images', 'import', archivePath]);
}

async function replaceLink(source: string, target: string): Promise<void> {
  await rm(target, { force: true });
  await copyFile(source, target);
}

async function createImageStore(directory: string, archive: ImageArchive): Promise<void> {
  const unfinished = `${directory}.${randomUUID()}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await importInto(unfinished, archive);
    await rename(unfinished, directory);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function importInto(root: string, archive: ImageArchive): Promise<void> {
  const runtimeDirectory = join(clusterLayout.runtimeDirectory, importer);
  const containerdSocket = join(runtimeDirectory, 'containerd.sock');
  const config = join(runtimeDirectory, 'containerd.toml');
  await mkdir(runtimeDirectory, { recursive: true });
  const layout = { containerdRoot: root, runtimeDirectory, containerdSocket, cniDirectory: runtimeDirectory };
  await writeFile(config, containerdConfig(layout, runtimeDirectory));
  // Layers are unpacked through mounts, which stay out of this machine's table.
  const ownMounts = ['unshare', '--mount', '--propagation', 'private'];
  startProcess({ name: importer, command: [...ownMounts, 'containerd', '--config', config] });
  try {
    await waitUntil(() => isServing(containerdSocket), { what: 'containerd', log: importer });
    await importImages(containerdSocket, archive.path);
  } finally {
    await endProcesses(({ name }) => name === importer);
    await rm(runtimeDirectory, { recursive: true, force: true });
  }
}

/** Whether containerd answers. */
export async function isServing(socket: string): Promise<boolean> {
  return (await tryProgram(['ctr', '--address', socket, 'version'])).exitCode === 0;
}
