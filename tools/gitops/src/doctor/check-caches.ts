import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '@task-api/helm';
import type { CommandIo } from '../command-io.ts';
import type { Check } from './check.ts';
import { countBytes } from './count-bytes.ts';

const mebibyte = 2 ** 20;

/** What has been kept from earlier runs, and how much room it takes. All of it may be deleted. */
export function checkCaches({ root, env }: Pick<CommandIo, 'root' | 'env'>): readonly Check[] {
  const folders = [
    ['cache outside the checkout', cacheDirectory(env)],
    ['cache of renders', join(root, 'node_modules/.cache/task-api')],
    ['cache of Nx', join(root, '.nx/cache')],
  ] as const;
  return folders.map(([name, folder]) => ({
    name,
    status: 'ok',
    found: existsSync(folder) ? `${sizeOf(folder)} (${folder})` : `empty (${folder})`,
  }));
}

function sizeOf(folder: string): string {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = countBytes(files.map(({ parentPath, name }) => join(parentPath, name)));
  return `${Math.ceil(bytes / mebibyte)} MiB in ${files.length} files`;
}
