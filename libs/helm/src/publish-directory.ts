import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ensureDirectory } from './cache-directory.ts';

/**
 * Fills a directory of the cache unless it exists, so that nobody ever sees it half filled. Its path must
 * name its contents: when two processes fill it at once, the first to finish wins and the other's is dropped.
 */
export async function publishDirectory(path: string, fill: (scratch: string) => Promise<void>): Promise<string> {
  if (await exists(path)) return path;
  await ensureDirectory(dirname(path));
  const scratch = await mkdtemp(`${path}.`);
  try {
    await fill(scratch);
    await rename(scratch, path).catch(async (error) => {
      if (!(await exists(path))) throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return path;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
