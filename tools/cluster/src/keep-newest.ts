import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes from a directory of the cache all entries but the ones that were used last. */
export async function keepNewest(directory: string, count: number): Promise<void> {
  const entries = await Promise.all((await readdir(directory)).map((name) => datedEntry(join(directory, name))));
  const stale = entries.toSorted((a, b) => b.usedMs - a.usedMs).slice(count);
  await Promise.all(stale.map(({ path }) => rm(path, { recursive: true, force: true })));
}

async function datedEntry(path: string): Promise<{ readonly path: string; readonly usedMs: number }> {
  return { path, usedMs: (await stat(path)).mtimeMs };
}
