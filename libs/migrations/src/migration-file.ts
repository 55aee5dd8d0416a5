import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationsError } from './migrations-error.ts';
import { splitStatements } from './split-statements.ts';

/** Rows of a table that are changed in many small transactions, in the order of a key. */
export interface Backfill {
  readonly table: string;
  readonly key: string;
  readonly batchRows: number;
}

/** One `.sql` file: what it changes, and how it must be run. */
export interface Migration {
  readonly number: number;
  /** File name: `0004-add-run-lease.sql`. */
  readonly name: string;
  /** `contract` takes away what an older release uses. */
  readonly phase: 'expand' | 'contract';
  readonly why: string;
  /** `none`: each statement by itself, because PostgreSQL refuses it in a transaction. */
  readonly transaction: 'file' | 'none';
  /** Releases before this one cannot work once the migration is applied. Only of a contract. */
  readonly minAppVersion?: string;
  readonly backfill?: Backfill;
  readonly checksum: string;
  readonly statements: readonly string[];
  readonly text: string;
}

/** The package's own history. */
export const migrationsDirectory = join(import.meta.dirname, '../sql');

/** Name of the file beside the migrations that holds the schema they lead to. */
export const snapshotName = 'schema.gen.sql';

/**
 * Reads a directory of migrations, in order.
 *
 * @throws MigrationsError when a name, a number or a header is wrong
 */
export async function readMigrations(directory: string = migrationsDirectory): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql') && name !== snapshotName);
  const files = names.sort().map(async (name) => parseMigration(name, await readFile(join(directory, name), 'utf8')));
  const migrations = await Promise.all(files);
  migrations.forEach(assertConsecutive);
  return migrations;
}

/** Stands for the whole history: two databases with the same one had the same migrations. */
export function digestHistory(migrations: readonly Migration[]): string {
  const text = migrations.map(({ name, checksum }) => `${name} ${checksum}`).join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Reads one migration from its file's name and text. */
export function parseMigration(name: string, text: string): Migration {
  const header = parseHeader(name, text);
  const { 'min-app-version': minAppVersion, backfill, 'batch-rows': batchRows } = header;
  return {
    number: parseNumber(name),
    name,
    phase: header.phase === 'contract' ? 'contract' : 'expand',
    why: header.why ?? '',
    transaction: header.transaction === 'none' ? 'none' : 'file',
    ...(minAppVersion === undefined ? {} : { minAppVersion }),
    ...(backfill === undefined ? {} : { backfill: parseBackfill(backfill, batchRows) }),
    checksum: checksumOf(text),
    statements: splitStatements(text),
    text,
  };
}

function parseNumber(name: string): number {
  const number = /^(\d{4})-[a-z]+(?:-[a-z0-9]+)+\.sql$/.exec(name)?.[1];
  if (number === undefined) throw new MigrationsError('bad-file-name', { file: name });
  return Number(number);
}

/** Line ends and blanks at the end of a line may change with an editor or a checkout; nothing else may. */
function checksumOf(text: string): string {
  const normal = text.replace(/[ \t\r]+$/gm, '').trimEnd();
  return createHash('sha256').update(normal).digest('hex');
}

function assertConsecutive(migration: Migration, index: number, all: readonly Migration[]): void {
  const previous = all[index - 1];
  if (previous?.number === migration.number) {
    throw new MigrationsError('number-taken', { file: migration.name, value: previous.name });
  }
  if (migration.number !== index + 1) {
    throw new MigrationsError('number-missing', { file: migration.name, value: String(index + 1).padStart(4, '0') });
  }
}

const headerValues = {
  phase: /^(expand|contract)$/,
  transaction: /^none$/,
  'min-app-version': /^\d+\.\d+\.\d+$/,
  why: /./,
  backfill: /^\w+ by \w+$/,
  'batch-rows': /^[1-9]\d{0,5}$/,
} as const;

type HeaderKey = keyof typeof headerValues;
type Header = Readonly<Partial<Record<HeaderKey, string>>>;

const isHeaderKey = (key: string): key is HeaderKey => key in headerValues;

/** The comment lines at the top: `-- key: value`. */
function parseHeader(file: string, text: string): Header {
  const lines = text.split('\n').slice(
    0,
    Math.max(
      0,
      text.split('\n').findIndex((line) => !line.startsWith('--')),
    ),
  );
  const header: Header = Object.fromEntries(lines.map((line) => parseHeaderLine(file, line)));
  checkHeader(file, header);
  return header;
}

function parseHeaderLine(file: string, line: string): readonly [HeaderKey, string] {
  const [, key = '', value = ''] = /^-- ([a-z-]+): (.*)$/.exec(line.trimEnd()) ?? [];
  const allowed = Object.keys(headerValues).join(', ');
  if (!isHeaderKey(key)) fail(file, `the header line "${line}" is not "-- key: value" with one of ${allowed}`);
  if (!headerValues[key].test(value)) fail(file, `${key} is "${value}"; allowed is ${headerValues[key].source}`);
  return [key, value];
}

function checkHeader(file: string, header: Header): void {
  if (header.phase === undefined) fail(file, 'the header has no phase; add "-- phase: expand" or "-- phase: contract"');
  if (header.why === undefined) fail(file, 'the header has no why; add "-- why: " and the reason for the change');
  const isContract = header.phase === 'contract';
  if (isContract && header['min-app-version'] === undefined) {
    fail(file, 'a contract needs "-- min-app-version: ", the first release that works without what is taken away');
  }
  if (!isContract && header['min-app-version'] !== undefined) fail(file, 'only a contract has a min-app-version');
  if (header.backfill === undefined && header['batch-rows'] !== undefined) fail(file, 'only a backfill has batch-rows');
  if (header.backfill !== undefined && header.transaction !== undefined)
    fail(file, 'a backfill has transactions of its own; remove "transaction"');
}

function fail(file: string, detail: string): never {
  throw new MigrationsError('bad-header', { file, detail });
}

const defaultBatchRows = '1000';

function parseBackfill(backfill: string, batchRows: string = defaultBatchRows): Backfill {
  const [table = '', key = ''] = backfill.split(' by ');
  return { table, key, batchRows: Number(batchRows) };
}
