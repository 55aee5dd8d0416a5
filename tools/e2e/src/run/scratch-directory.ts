import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '@task-api/cluster';

const prefix = 'task-api-e2e-';

/** Lends a folder for temporary files, and removes those of runs that were killed. */
export async function withScratchDirectory<Value>(
  action: (directory: string) => Promise<Value>,
  parent = tmpdir(),
): Promise<Value> {
  await removeAbandoned(parent);
  const directory = await mkdtemp(join(parent, `${prefix}${process.pid}-`));
  try {
    return await action(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  const abandoned = (await readdir(parent)).filter(isAbandoned);
  await Promise.all(abandoned.map((name) => rm(join(parent, name), { recursive: true, force: true })));
}

function isAbandoned(name: string): boolean {
  const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? [];
  return pid !== undefined && !isAlive(Number(pid));
}
