import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from './cluster-error.ts';
import { requireRoot } from './host/require-root.ts';
import { isAlive } from './processes/is-alive.ts';

const file = join('/run', 'task-api-cluster.lock');

/** Keeps others from starting or stopping the cluster meanwhile. The lock of a process that is gone is taken over. */
export async function withLock<Result>(action: () => Promise<Result>, userId?: number): Promise<Result> {
  requireRoot(userId);
  await acquire();
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(): Promise<void> {
  await mkdir('/run', { recursive: true });
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
  } catch {
    const holder = Number(await readFile(file, 'utf8').catch(() => '0'));
    if (isAlive(holder)) throw new ClusterError('in-use', { value: holder });
    await rm(file, { force: true });
    await writeFile(file, String(process.pid), { flag: 'wx' });
  }
}
