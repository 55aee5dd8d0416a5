import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { GitopsError } from '../gitops-error.ts';
import type { FileChange } from './plan-changes.ts';
import { systemErrorReason } from './system-error.ts';

const suffix = '.gitops-tmp';

/** Texts go to temporary files beside their targets first and are then renamed; `undo` puts back what was renamed. */
export class FileTransaction {
  readonly #root: string;
  readonly #undoSteps: (() => void)[] = [];
  readonly #tidied = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  stage(change: FileChange): void {
    const { path, after } = change;
    if (after === undefined) return;
    orUnwritable(path, () => {
      this.#prepareDirectory(dirname(this.#target(path)));
      this.#undoSteps.push(() => rmSync(this.#temporary(path), { force: true }));
      writeFileSync(this.#temporary(path), after);
      this.#keepMode(change);
    });
  }

  commit({ path, before, after }: FileChange): void {
    orUnwritable(path, () => {
      if (after === undefined) rmSync(this.#target(path));
      else renameSync(this.#temporary(path), this.#target(path));
    });
    this.#undoSteps.push(() => this.#restore(path, before));
  }

  undo(): void {
    for (const step of this.#undoSteps.reverse()) step();
  }

  #target(path: string): string {
    return join(this.#root, path);
  }

  #temporary(path: string): string {
    const target = this.#target(path);
    return join(dirname(target), `.${basename(target)}.${process.pid}${suffix}`);
  }

  #keepMode({ path, before }: FileChange): void {
    if (before !== undefined) chmodSync(this.#temporary(path), statSync(this.#target(path)).mode);
  }

  #restore(path: string, before: string | undefined): void {
    if (before === undefined) rmSync(this.#target(path), { force: true });
    else writeFileSync(this.#target(path), before);
  }

  #prepareDirectory(directory: string): void {
    if (this.#tidied.has(directory)) return;
    this.#tidied.add(directory);
    const firstMade = mkdirSync(directory, { recursive: true });
    if (firstMade !== undefined) this.#undoSteps.push(() => rmSync(firstMade, { recursive: true, force: true }));
    removeLeftovers(directory);
  }
}

/** A run that was killed outright could not clean up after itself. */
function removeLeftovers(directory: string): void {
  const leftovers = readdirSync(directory).filter((name) => name.endsWith(suffix) && !isRunning(ownerOf(name)));
  for (const name of leftovers) rmSync(join(directory, name), { force: true });
}

function ownerOf(temporaryName: string): number {
  return Number(temporaryName.slice(0, -suffix.length).split('.').at(-1));
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

function orUnwritable(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new GitopsError('unwritable', { path, reason: systemErrorReason(error) }, { cause: error });
  }
}
