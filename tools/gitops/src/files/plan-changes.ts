import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedFile } from '@task-api/values';
import { GitopsError } from '../gitops-error.ts';
import { systemErrorCode, systemErrorReason } from './system-error.ts';

/** One file that is not on disk as it should be: without `before` it is new, without `after` it goes away. */
export interface FileChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** What has to be written so that every file is on disk with its text. */
export function planChanges(files: readonly GeneratedFile[], root: string): readonly FileChange[] {
  return files.flatMap(({ path, text }) => {
    const before = readIfPresent(join(root, path), path);
    if (before === text) return [];
    return [before === undefined ? { path, after: text } : { path, before, after: text }];
  });
}

/** What has to be removed: those of the paths that are on disk. */
export function planRemovals(paths: readonly string[], root: string): readonly FileChange[] {
  return paths.flatMap((path) => {
    const before = readIfPresent(join(root, path), path);
    return before === undefined ? [] : [{ path, before }];
  });
}

/** `created`, `updated` or `removed`. */
export function kindOfChange({ before, after }: FileChange): 'created' | 'updated' | 'removed' {
  if (after === undefined) return 'removed';
  return before === undefined ? 'created' : 'updated';
}

function readIfPresent(file: string, path: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new GitopsError('unreadable', { path, reason: systemErrorReason(error) }, { cause: error });
  }
}

/** A parent that is a file counts as missing here: writing reports it, with the path. */
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '');
}
