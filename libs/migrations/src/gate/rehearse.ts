import { Client } from 'pg';
import { compareAppVersions, latestAppVersion } from '../app-version.ts';
import type { Migration } from '../migration-file.ts';
import { MigrationsError } from '../migrations-error.ts';
import { migrateUp } from '../runner/migrate-up.ts';
import type { Finding } from './finding.ts';
import { type Stall, startTraffic } from './live-traffic.ts';
import type { SqlCatalogue } from './sql-catalogue.ts';
import {
  judgeLongLocks,
  judgeTraces,
  type LockTrace,
  traceOutsideTransaction,
  traceTransaction,
} from './trace-locks.ts';
import { type WarmCatalogue, warmUp } from './warm-catalogue.ts';

/** A release that may be live while a migration runs. */
export interface LiveRelease {
  readonly appVersion: string;
  readonly catalogue: SqlCatalogue;
}

export interface Rehearsal {
  /** A database on the PostgreSQL version to rehearse on, empty or at `from`; the user must be its owner. */
  readonly url: string;
  /** Number of the migration that the database is at. @default 0 */
  readonly from?: number;
  readonly migrations: readonly Migration[];
  /** Fills the tables that a migration has made; called after each one. */
  readonly seed: (client: Client, migration: Migration) => Promise<void>;
  readonly releases?: readonly LiveRelease[];
  /** Longest acceptable wait of a reader or writer. Wide: only locks and scans are exact. @default 5000 */
  readonly stallLimitMs?: number;
}

export interface RehearsedMigration {
  readonly name: string;
  readonly traces: readonly LockTrace[];
  readonly stall: Stall;
  readonly findings: readonly Finding[];
}

/**
 * Applies the migrations one after the other to a database with data and traffic, and reports for each the locks,
 * rewrites and scans that PostgreSQL really did, how long others waited, and which statements of the live releases
 * changed their outcome on connections that were open before.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<readonly RehearsedMigration[]> {
  const steps: RehearsedMigration[] = [];
  const observer = await connect(rehearsal.url);
  try {
    for (const migration of rehearsal.migrations.filter(({ number }) => number > (rehearsal.from ?? 0))) {
      steps.push(await rehearseOne(rehearsal, migration));
      await rehearsal.seed(observer, migration);
    }
  } finally {
    await observer.end();
  }
  return steps;
}

async function rehearseOne(rehearsal: Rehearsal, migration: Migration): Promise<RehearsedMigration> {
  const { name } = migration;
  return withLiveReleases(rehearsal, migration, async (live) => {
    // After the releases have tried their statements: outside a transaction, a trace leaves what it made.
    const traced = await trace(rehearsal.url, migration);
    const { failures, stall } = await applyUnderTraffic(rehearsal, migration);
    const changes = await compareReleases(live, name);
    const stalls = judgeStall(name, stall, rehearsal.stallLimitMs);
    return { name, traces: traced.traces, stall, findings: [...traced.findings, ...failures, ...stalls, ...changes] };
  });
}

interface Traced {
  readonly traces: readonly LockTrace[];
  readonly findings: readonly Finding[];
}

const traced: Traced = { traces: [], findings: [] };

async function trace(url: string, migration: Migration): Promise<Traced> {
  // The runner's batches are transactions of bounded size; their statement is judged by the rules.
  if (migration.backfill !== undefined) return traced;
  const [client, observer] = [await connect(url), await connect(url)];
  try {
    return await (migration.transaction === 'none'
      ? traceOneByOne({ client, observer }, migration)
      : traceAtOnce(client, migration));
  } finally {
    await Promise.all([client.end(), observer.end()]);
  }
}

/** A statement that fails is reported by the runner, which fails in the same place. */
async function traceAtOnce(client: Client, migration: Migration): Promise<Traced> {
  try {
    const transaction = await traceTransaction(client, migration);
    return { traces: transaction.traces, findings: judgeTraces(migration.name, transaction) };
  } catch {
    return traced;
  } finally {
    await client.query('rollback');
  }
}

/** Leaves the indexes that it makes, so that the runner finds them, as it does after it was interrupted. */
async function traceOneByOne(
  sessions: { client: Client; observer: Client },
  { name, statements }: Migration,
): Promise<Traced> {
  const traces: LockTrace[] = [];
  for (const [index, text] of statements.entries()) {
    traces.push(...(await traceOutsideTransaction(sessions, text, index + 1)));
  }
  return { traces, findings: judgeLongLocks(name, traces) };
}

/** Does the work while every release that may be live has a connection on which its statements are prepared. */
async function withLiveReleases<T>(
  rehearsal: Rehearsal,
  migration: Migration,
  work: (live: readonly WarmCatalogue[]) => Promise<T>,
): Promise<T> {
  const clients: Client[] = [];
  const live: WarmCatalogue[] = [];
  try {
    for (const { catalogue } of selectLive(rehearsal, migration)) {
      const client = await connect(rehearsal.url);
      clients.push(client);
      live.push(await warmUp(client, catalogue));
    }
    return await work(live);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

/** Releases that may be live: those that the schema before the migration satisfies and that no contract has left behind. */
function selectLive({ releases = [], migrations }: Rehearsal, { number }: Migration): readonly LiveRelease[] {
  const applied = migrations.filter((migration) => migration.number <= number);
  const floor = latestAppVersion(applied.flatMap(({ minAppVersion }) => minAppVersion ?? [])) ?? '0.0.0';
  return releases.filter(
    ({ appVersion, catalogue }) => catalogue.requiredSchema < number && compareAppVersions(appVersion, floor) >= 0,
  );
}

async function compareReleases(live: readonly WarmCatalogue[], migration: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const warm of live) findings.push(...(await warm.compareAfter(migration)));
  return findings;
}

interface Application {
  readonly failures: readonly Finding[];
  readonly stall: Stall;
}

async function applyUnderTraffic(rehearsal: Rehearsal, migration: Migration): Promise<Application> {
  const traffic = await startTraffic(rehearsal.url);
  try {
    const failures = await apply(rehearsal, migration);
    return { failures, stall: await traffic.stop() };
  } catch (error) {
    await traffic.stop();
    throw error;
  }
}

/** The runner is that of the release that brings the migration, so no floor and no live instance stops it. */
async function apply({ url, migrations }: Rehearsal, migration: Migration): Promise<readonly Finding[]> {
  try {
    await migrateUp({
      connection: { connectionString: url },
      migrations: migrations.slice(0, migrations.indexOf(migration) + 1),
      appVersion: '999.0.0',
      backfillPauseRatio: 0,
    });
    return [];
  } catch (error) {
    if (!(error instanceof MigrationsError)) throw error;
    return [{ rule: 'fails-with-data', file: migration.name, message: error.message }];
  }
}

function judgeStall(file: string, { readMs, writeMs }: Stall, limitMs = 5_000): readonly Finding[] {
  const worstMs = Math.max(readMs, writeMs);
  if (worstMs <= limitMs) return [];
  return [
    { rule: 'stall', file, message: `others waited up to ${worstMs} ms, more than ${limitMs} ms; look at its locks` },
  ];
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'rehearsal' });
  await client.connect();
  return client;
}
