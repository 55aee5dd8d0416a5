import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Migration, parseMigration } from '../src/migration-file.ts';

export interface CorpusCase {
  /** `<rule>`, or `<rule>.<way round it>`; that of the twin is the same. */
  readonly name: string;
  /** Name of the rule that the case breaks, or that its safe twin keeps. */
  readonly rule: string;
  /** The base, and after it the migrations of the case. */
  readonly migrations: readonly Migration[];
}

const directory = join(import.meta.dirname, 'corpus');

/** Adding a file adds a case. Those of `live-…` break no rule, but a live release's writes, or their twins do not. */
export function readCorpus(kind: 'safe' | 'unsafe' | 'live-safe' | 'live-unsafe'): readonly CorpusCase[] {
  return readdirSync(join(directory, kind))
    .sort()
    .map((name) => readCase(join(directory, kind, name)));
}

/** The same for all cases, whatever they are about. */
export function readBase(): Migration {
  return parseMigration('0001-make-base.sql', readFileSync(join(directory, 'base.sql'), 'utf8'));
}

function readCase(path: string): CorpusCase {
  const name = basename(path, '.sql');
  const [rule = name] = name.split('.');
  const texts = readFileSync(path, 'utf8').split('-- next migration\n');
  const own = texts.map((text, index) => parseMigration(`000${index + 2}-try-${name.replace('.', '-')}.sql`, text));
  return { name, rule, migrations: [readBase(), ...own] };
}
