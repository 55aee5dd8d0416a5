import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where packages, layers and archives are kept outside the checkout: `$XDG_CACHE_HOME` or `~/.cache`, then `task-api/images`. */
export function imagesCache(env: NodeJS.ProcessEnv = process.env): string {
  const xdg = env.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(xdg) ? xdg : join(env.HOME || homedir(), '.cache'), 'task-api/images');
}
