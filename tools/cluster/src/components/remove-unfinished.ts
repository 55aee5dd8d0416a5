import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../processes/is-alive.ts';

/** Removes what builds have left that were broken off; their directories end in the id of their process. */
export async function removeUnfinished(directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  const unfinished = (await readdir(directory)).filter((name) => isAbandoned(name));
  await Promise.all(unfinished.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}

function isAbandoned(name: string): boolean {
  const pid = /\.(\d+)$/.exec(name)?.[1];
  return pid !== undefined && !isAlive(Number(pid));
}
