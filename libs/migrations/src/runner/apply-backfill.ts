import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientBase, escapeIdentifier } from 'pg';
import type { Backfill, Migration } from '../migration-file.ts';
import { recordFinish, recordProgress, recordStart } from './history.ts';
import { inTransaction, retryForLocks } from './lock-retry.ts';
import type { Settings } from './runner-options.ts';

/**
 * Runs the statement for one range of keys after another, each in a transaction with the record of how far it came,
 * so that locks are short and an interrupted backfill continues where it was.
 */
export async function applyBackfill(client: ClientBase, migration: Migration, settings: Settings): Promise<void> {
  const { backfill } = migration;
  if (backfill === undefined) return;
  await client.query(
    `set lock_timeout = ${settings.lockTimeoutMs}; set statement_timeout = ${settings.statementTimeoutMs}`,
  );
  await recordStart(client, migration, settings.appVersion);
  const selectBatch = await buildSelectBatch(client, backfill);
  let after = await readProgress(client, migration);
  for (;;) {
    const batch = await nextBatch(client, selectBatch, after);
    if (batch === undefined) break;
    await applyBatch(client, { migration, batch }, settings);
    after = batch.last;
  }
  await recordFinish(client, migration);
}

interface Batch {
  readonly first: string;
  readonly last: string;
}

async function readProgress(client: ClientBase, { number }: Migration): Promise<string | null> {
  const { rows } = await client.query('select progress from schema_migrations where number = $1', [number]);
  return rows[0]?.progress ?? null;
}

/** Keys travel as text, so any type that has an order will do; `max(uuid)` does not exist before PostgreSQL 18. */
async function buildSelectBatch(client: ClientBase, { table, key, batchRows }: Backfill): Promise<string> {
  const { rows } = await client.query(
    'select format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = to_regclass($1) and attname = $2',
    [table, key],
  );
  const column = escapeIdentifier(key);
  return `
with batch as (
  select ${column} as key from ${escapeIdentifier(table)}
  where $1::text is null or ${column} > $1::text::${rows[0]?.type ?? 'text'}
  order by ${column} limit ${batchRows}
)
select (select key::text from batch order by key limit 1) as first,
  (select key::text from batch order by key desc limit 1) as last`;
}

async function nextBatch(client: ClientBase, selectBatch: string, after: string | null): Promise<Batch | undefined> {
  const { rows } = await client.query<{ first: string | null; last: string | null }>(selectBatch, [after]);
  const { first, last } = rows[0] ?? {};
  return first == null || last == null ? undefined : { first, last };
}

interface BatchStep {
  readonly migration: Migration;
  readonly batch: Batch;
}

async function applyBatch(client: ClientBase, { migration, batch }: BatchStep, settings: Settings): Promise<void> {
  const startedMs = performance.now();
  let rows = 0;
  await retryForLocks(migration, settings, () =>
    inTransaction(client, async () => {
      rows = await runStatements(client, migration, batch);
      await recordProgress(client, migration, batch.last);
    }),
  );
  settings.onProgress({ kind: 'batch-finished', name: migration.name, rows, key: batch.last });
  await sleep((performance.now() - startedMs) * settings.backfillPauseRatio);
}

async function runStatements(client: ClientBase, { statements }: Migration, { first, last }: Batch): Promise<number> {
  let rows = 0;
  for (const text of statements) rows += (await client.query(text, [first, last])).rowCount ?? 0;
  return rows;
}
