import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ownCheckout = join(import.meta.dirname, '../../..');

export interface TemporaryClone {
  readonly root: string;
  /** Forgets every result: Nx, type information, renders. What npm installed stays. */
  forgetResults(): void;
  remove(): void;
}

/** A clone of this checkout's HEAD with its dependencies, which are hard links and so take neither time nor disk. */
export function createClone(): TemporaryClone {
  // Beside the checkout, because hard links do not cross file systems.
  const root = realpathSync(mkdtempSync(join(ownCheckout, '..', 'bench-')));
  execFileSync('git', ['clone', '--quiet', ownCheckout, root]);
  for (const folder of ['.', ...packagesIn(ownCheckout)]) linkDependencies(folder, root);
  const clone = { root, forgetResults: () => forgetResults(root), remove: () => rmSync(root, { recursive: true }) };
  clone.forgetResults();
  return clone;
}

/** npm puts some packages beside the package that needs another version of them. */
function linkDependencies(folder: string, root: string): void {
  const dependencies = join(ownCheckout, folder, 'node_modules');
  if (existsSync(dependencies)) execFileSync('cp', ['-al', dependencies, join(root, folder)]);
}

function forgetResults(root: string): void {
  for (const folder of ['.', ...packagesIn(root)]) rmSync(join(root, folder, 'dist'), { recursive: true, force: true });
  for (const folder of ['.nx', 'node_modules/.cache']) rmSync(join(root, folder), { recursive: true, force: true });
}

function packagesIn(root: string): readonly string[] {
  return globSync('{apps,libs,tools}/*/package.json', { cwd: root }).map((file) => dirname(file));
}
