import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GitopsError } from './gitops-error.ts';

const mark = 'charts/task-api/Chart.yaml';
const ownCheckout = resolve(import.meta.dirname, '../../..');

/**
 * The checkout to work on: the one that is asked for, else the one around the current directory, else this command's own.
 *
 * @throws GitopsError `root-not-found`
 */
export function findRoot(currentDirectory: string, requested?: string): string {
  if (requested === undefined) return ancestors(currentDirectory).find(isCheckout) ?? ownCheckout;
  const root = resolve(currentDirectory, requested);
  if (!isCheckout(root)) throw new GitopsError('root-not-found', { value: root });
  return root;
}

function isCheckout(folder: string): boolean {
  return existsSync(join(folder, mark));
}

function ancestors(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
