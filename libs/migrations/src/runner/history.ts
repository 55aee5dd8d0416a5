import type { ClientBase } from 'pg';
import type { Migration } from '../migration-file.ts';

/** What a database knows about a migration. */
export interface HistoryEntry {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly phase: 'expand' | 'contract';
  readonly minAppVersion: string | null;
  readonly appVersion: string;
  readonly startedAt: Date;
  /** Null while a migration that is not one transaction is under way or was interrupted. */
  readonly finishedAt: Date | null;
  /** Key of the last row that a backfill has done. */
  readonly progress: string | null;
}

export const historyTable = 'schema_migrations';

const createTable = `
create table if not exists ${historyTable} (
  number integer primary key,
  name text not null,
  checksum text not null,
  phase text not null,
  min_app_version text,
  app_version text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  progress text
)`;

/** To be called under the lock only: PostgreSQL lets two sessions collide in `if not exists`. */
export async function createHistory(client: ClientBase): Promise<void> {
  await client.query(createTable);
}

const selectEntries = `
select number, name, checksum, phase, min_app_version as "minAppVersion", app_version as "appVersion",
  started_at as "startedAt", finished_at as "finishedAt", progress
from ${historyTable} order by number`;

/** In order; none in a database that was never migrated. */
export async function readHistory(client: ClientBase): Promise<readonly HistoryEntry[]> {
  const { rows } = await client.query(`select to_regclass('${historyTable}') is not null as exists`);
  if (!rows[0].exists) return [];
  return (await client.query<HistoryEntry>(selectEntries)).rows;
}

const upsert = `
insert into ${historyTable} (number, name, checksum, phase, min_app_version, app_version)
values ($1, $2, $3, $4, $5, $6)
on conflict (number) do update set
  progress = case when ${historyTable}.checksum = excluded.checksum then ${historyTable}.progress end,
  name = excluded.name, checksum = excluded.checksum, phase = excluded.phase,
  min_app_version = excluded.min_app_version, app_version = excluded.app_version`;

/** Records that the migration has begun; one that was interrupted and edited since begins anew. */
export async function recordStart(client: ClientBase, migration: Migration, appVersion: string): Promise<void> {
  const { number, name, checksum, phase, minAppVersion } = migration;
  await client.query(upsert, [number, name, checksum, phase, minAppVersion ?? null, appVersion]);
}

export async function recordProgress(client: ClientBase, migration: Migration, key: string): Promise<void> {
  await client.query(`update ${historyTable} set progress = $2 where number = $1`, [migration.number, key]);
}

export async function recordFinish(client: ClientBase, migration: Migration): Promise<void> {
  await client.query(`update ${historyTable} set finished_at = clock_timestamp() where number = $1`, [
    migration.number,
  ]);
}
