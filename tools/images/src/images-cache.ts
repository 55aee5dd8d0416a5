import { join } from 'node:path';
import { cacheDirectory } from '@task-api/helm';

/** Where packages, layers and archives are kept outside the checkout. */
export function imagesCache(env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheDirectory(env), 'images');
}
