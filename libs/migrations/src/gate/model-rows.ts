import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import type { ParameterColumn } from './parameter-columns.ts';
import { synthesiseLiteral } from './synthesise-value.ts';

/** Values as text, by column. */
type Row = Readonly<Record<string, string | null>>;

/** A row of each table, whose values a statement that writes today can be given. */
export interface ModelRows {
  readonly rows: ReadonlyMap<string, Row>;
  /** `table.column` of what no two rows share, and no other table prescribes. */
  readonly keys: ReadonlySet<string>;
  /** Whether a value is made up where the row has none. */
  readonly isFilled: boolean;
}

/** The shortest and the longest row of every table: what a new constraint forbids is most likely at the ends. */
export async function readModelRows(client: ClientBase): Promise<readonly ModelRows[]> {
  const keys = await readKeys(client);
  const models: ModelRows[] = [];
  for (const order of ['asc', 'desc'] as const) {
    const rows = await readRows(client, order);
    models.push({ rows, keys, isFilled: false }, { rows, keys, isFilled: true });
  }
  return models;
}

const selectKeys = `
select relname || '.' || attname as key
from pg_index join pg_class on pg_class.oid = indrelid
join pg_attribute on attrelid = indrelid and attnum = any (indkey)
where indisunique and relnamespace = 'public'::regnamespace and not exists (
  select from pg_constraint where contype = 'f' and conrelid = indrelid and attnum = any (conkey))`;

async function readKeys(client: ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ key: string }>(selectKeys);
  return new Set(rows.map(({ key }) => key));
}

const selectColumns = `
select relname as table, array_agg(attname::text order by attnum) as columns
from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'schema_migrations' group by relname`;

async function readRows(client: ClientBase, order: 'asc' | 'desc'): Promise<ReadonlyMap<string, Row>> {
  const { rows: tables } = await client.query<{ table: string; columns: string[] }>(selectColumns);
  const found = new Map<string, Row>();
  for (const { table, columns } of tables) {
    const names = columns.map(escapeIdentifier).map((name) => `model.${name}::text as ${name}`);
    const { rows } = await client.query<Row>(
      `select ${names.join(', ')} from ${escapeIdentifier(table)} model order by length(model::text) ${order} limit 1`,
    );
    if (rows[0] !== undefined) found.set(table, rows[0]);
  }
  return found;
}

export interface Parameter {
  readonly type: string;
  readonly column: ParameterColumn | undefined;
}

/** The literal that `execute` is given for a parameter: that of the row, but a new row needs a key of its own. */
export function modelLiteral({ rows, keys, isFilled }: ModelRows, { type, column }: Parameter): string {
  const table = column?.tables.find((name) => column.column in (rows.get(name) ?? {}));
  if (column === undefined || table === undefined) return synthesiseLiteral(type);
  if (column.isInserted && keys.has(`${table}.${column.column}`)) return freshLiterals[type] ?? synthesiseLiteral(type);
  const value = rows.get(table)?.[column.column] ?? null;
  if (value === null) return isFilled ? synthesiseLiteral(type) : `null::${type}`;
  return `${escapeLiteral(value)}::${type}`;
}

/** Counted keys begin at one, so these are likely to be free. */
const freshLiterals: Readonly<Record<string, string>> = {
  bigint: '2000000001::bigint',
  integer: '2000000001::integer',
  smallint: '32001::smallint',
};
