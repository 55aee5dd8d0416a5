import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { HelmError } from './helm-error.ts';

/** The folder outside the checkout that keeps what is expensive to get again: `$XDG_CACHE_HOME` or `~/.cache`, then `task-api`. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const xdg = env.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(xdg) ? xdg : join(env.HOME || homedir(), '.cache'), 'task-api');
}

/** Creates a folder of the cache with its parents. */
export async function ensureDirectory(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true });
    return path;
  } catch (cause) {
    throw new HelmError('cache', { path, detail: String(cause) }, { cause });
  }
}
