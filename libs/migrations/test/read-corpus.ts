import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Migration, parseMigration } from '../src/migration-file.ts';

export interface CorpusCase {
  /** Name of the rule that the case breaks, or that its safe twin keeps. */
  readonly rule: string;
  /** The base, and after it the migrations of the case. */
  readonly migrations: readonly Migration[];
}

const directory = join(import.meta.dirname, 'corpus');

/** Adding a file adds a case. */
export function readCorpus(kind: 'safe' | 'unsafe'): readonly CorpusCase[] {
  return readdirSync(join(directory, kind))
    .sort()
    .map((name) => readCase(join(directory, kind, name)));
}

/** The same for all cases, whatever they are about. */
export function readBase(): Migration {
  return parseMigration('0001-make-base.sql', readFileSync(join(directory, 'base.sql'), 'utf8'));
}

function readCase(path: string): CorpusCase {
  const rule = basename(path, '.sql');
  const texts = readFileSync(path, 'utf8').split('-- next migration\n');
  const own = texts.map((text, index) => parseMigration(`000${index + 2}-try-${rule}.sql`, text));
  return { rule, migrations: [readBase(), ...own] };
}
