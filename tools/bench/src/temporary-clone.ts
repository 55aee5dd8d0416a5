import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

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
  execFileSync('cp', ['-al', join(ownCheckout, 'node_modules'), root]);
  const clone = { root, forgetResults: () => forgetResults(root), remove: () => rmSync(root, { recursive: true }) };
  clone.forgetResults();
  return clone;
}

function forgetResults(root: string): void {
  const packages = ['apps', 'libs', 'tools'].flatMap((layer) => foldersIn(root, layer));
  for (const folder of ['.', ...packages]) rmSync(join(root, folder, 'dist'), { recursive: true, force: true });
  for (const folder of ['.nx', 'node_modules/.cache']) rmSync(join(root, folder), { recursive: true, force: true });
}

function foldersIn(root: string, layer: string): readonly string[] {
  const names =
    execFileSync('git', ['ls-files', '--', layer], { cwd: root, encoding: 'utf8' }) === ''
      ? []
      : readdirSync(join(root, layer));
  return names.map((name) => join(layer, name));
}
