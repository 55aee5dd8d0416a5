import type { ClientBase } from 'pg';
import type { Migration } from '../migration-file.ts';
import { MigrationsError } from '../migrations-error.ts';
import { blankComments } from '../split-statements.ts';
import type { Settings } from './runner-options.ts';

/** As it is written: PostgreSQL itself folds, truncates and unquotes it below. */
const identifier = String.raw`(?:"(?:[^"]|"")+"|[^\s".(]+)`;

const createIndex = new RegExp(
  String.raw`^\s*create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?` +
    String.raw`(?<name>${identifier})(?:\s+|(?<="))on\s*(?:\bonly\s*)?(?<table>${identifier}(?:\s*\.\s*${identifier})?)`,
  'i',
);

interface NamedIndex {
  readonly name: string;
  readonly table: string;
}

function readIndex(text: string): NamedIndex | undefined {
  const { name, table } = createIndex.exec(blankComments(text))?.groups ?? {};
  return name === undefined || table === undefined ? undefined : { name, table };
}

interface FoundIndex {
  readonly name: string;
  readonly qualifiedName: string;
  readonly isValid: boolean;
}

const selectIndex = `
select relname as name, format('%I.%I', nspname, relname) as "qualifiedName", indisvalid as "isValid"
from pg_index join pg_class on pg_class.oid = indexrelid join pg_namespace on pg_namespace.oid = relnamespace
where indrelid = to_regclass($2::text) and relname = (parse_ident($1::text)::name[])[1]`;

async function findIndex(client: ClientBase, { name, table }: NamedIndex): Promise<FoundIndex | undefined> {
  return (await client.query<FoundIndex>(selectIndex, [name, table])).rows[0];
}

interface Step {
  readonly migration: Migration;
  readonly text: string;
}

/**
 * An interrupted `create index concurrently` leaves an index that costs writes and serves no reads, and that
 * `if not exists` would take for the finished one.
 */
export async function dropInvalidIndex(
  client: ClientBase,
  { migration, text }: Step,
  settings: Settings,
): Promise<void> {
  const index = readIndex(text);
  const found = index && (await findIndex(client, index));
  if (found === undefined || found.isValid) return;
  await client.query(`drop index concurrently if exists ${found.qualifiedName}`);
  settings.onProgress({ kind: 'invalid-index-dropped', name: migration.name, index: found.name });
}

/**
 * `if not exists` succeeds whatever it finds under the name.
 *
 * @throws MigrationsError `index-not-valid`
 */
export async function assertValidIndex(client: ClientBase, { migration, text }: Step): Promise<void> {
  const index = readIndex(text);
  if (index === undefined || (await findIndex(client, index))?.isValid === true) return;
  throw new MigrationsError('index-not-valid', { file: migration.name, value: index.name, detail: index.table });
}
