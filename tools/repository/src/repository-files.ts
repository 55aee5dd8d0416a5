import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a checkout as the checks see them; tests pass a handful in memory. */
export interface RepositoryFiles {
  /** Tracked files and new ones that are not ignored, relative to the root, sorted. */
  readonly paths: readonly string[];
  read(path: string): string;
  /** Of the given files, those that .gitattributes marks as generated. */
  generatedAmong(paths: readonly string[]): readonly string[];
}

/** Reads a checkout. */
export function openRepository(root: string): RepositoryFiles {
  const texts = new Map<string, string>();
  const read = (path: string) => texts.get(path) ?? readFileSync(join(root, path), 'utf8');
  return {
    paths: listFiles(root),
    read(path) {
      const text = read(path);
      texts.set(path, text);
      return text;
    },
    generatedAmong: (paths) => generatedAmong(paths, root),
  };
}

function listFiles(root: string): readonly string[] {
  const listing = git(['ls-files', '-co', '--exclude-standard', '--deduplicate', '-z'], root);
  return splitZero(listing)
    .filter((path) => existsSync(join(root, path)))
    .sort();
}

function generatedAmong(paths: readonly string[], root: string): readonly string[] {
  const fields = splitZero(git(['check-attr', '--stdin', '-z', 'linguist-generated'], root, paths.join('\0')));
  // Three fields a file: path, attribute, value.
  return paths.filter((path, index) => fields[3 * index] === path && isSet(fields[3 * index + 2]));
}

function isSet(value: string | undefined): boolean {
  return value === 'set' || value === 'true';
}

function splitZero(text: string): readonly string[] {
  return text.split('\0').filter((part) => part !== '');
}

const maxOutputBytes = 64 * 1024 * 1024;

function git(args: readonly string[], cwd: string, input = ''): string {
  return execFileSync('git', args, { cwd, input, encoding: 'utf8', maxBuffer: maxOutputBytes });
}
