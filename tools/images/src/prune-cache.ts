import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

interface Retention {
  readonly unusedMs: number;
  /** So many of the last used stay, however long ago that was. */
  readonly newest: number;
}

/** An archive is as large as all images, and every change of the agent makes one; what it consists of is kept longer. */
const retentions: Readonly<Record<string, Retention>> = {
  apt: { unusedMs: dayMs, newest: 0 },
  archives: { unusedMs: 2 * hourMs, newest: 4 },
  blobs: { unusedMs: 30 * dayMs, newest: 0 },
  debs: { unusedMs: 30 * dayMs, newest: 0 },
  layers: { unusedMs: 30 * dayMs, newest: 0 },
};

/** Removes from the cache what has not been used for a while, and what killed builds left behind. */
export async function pruneCache(cache: string): Promise<void> {
  for (const [name, retention] of Object.entries(retentions)) await pruneFolder(join(cache, name), retention);
}

async function pruneFolder(folder: string, { unusedMs, newest }: Retention): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const entries = await Promise.all(names.map((name) => ageOf(join(folder, name))));
  const byAge = entries.toSorted((one, other) => one.ageMs - other.ageMs);
  const unused = byAge.slice(newest).filter(({ ageMs }) => ageMs > unusedMs);
  await Promise.all(unused.map(({ path }) => rm(path, { recursive: true, force: true })));
}

/** What another process removes meanwhile is as good as new. */
async function ageOf(path: string): Promise<{ readonly path: string; readonly ageMs: number }> {
  const found = await stat(path).catch(() => undefined);
  return { path, ageMs: found === undefined ? 0 : Date.now() - found.mtimeMs };
}
