import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const dayMs = 24 * 60 * 60 * 1000;
const keptMs = 30 * dayMs;

const pruned = new Set<string>();

/** Removes from a folder of the cache what nobody has used for a month; at most once in the life of this process. */
export async function pruneUnused(folder: string): Promise<void> {
  if (pruned.has(folder)) return;
  pruned.add(folder);
  const names = await readdir(folder).catch(() => []);
  await Promise.all(names.map((name) => removeUnused(join(folder, name))));
}

async function removeUnused(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > keptMs) await rm(path, { recursive: true, force: true });
}
