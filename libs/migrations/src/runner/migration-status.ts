import type { Migration } from '../migration-file.ts';
import { withConnection } from './connection.ts';
import { type HistoryEntry, readHistory } from './history.ts';
import { planMigrations } from './plan.ts';
import { type RunnerOptions, withDefaults } from './runner-options.ts';

export type MigrationState = 'applied' | 'interrupted' | 'pending' | 'newer';

export interface MigrationStatus {
  readonly number: number;
  readonly name: string;
  readonly phase: 'expand' | 'contract';
  readonly state: MigrationState;
  readonly finishedAt?: Date;
  readonly appVersion?: string;
}

export interface StatusReport {
  readonly head: number;
  readonly pending: number;
  readonly migrations: readonly MigrationStatus[];
}

/**
 * Compares a database with the migrations and changes nothing.
 *
 * @throws MigrationsError also when the history has been rewritten or this release is below the floor
 */
export async function readMigrationStatus(options: RunnerOptions): Promise<StatusReport> {
  const settings = withDefaults(options);
  const history = await withConnection(settings, readHistory);
  const { pending, newer } = planMigrations(settings.migrations, history, settings.appVersion);
  const known = settings.migrations.map((migration) => describeKnown(migration, history));
  return {
    head: history.filter(({ finishedAt }) => finishedAt !== null).at(-1)?.number ?? 0,
    pending: pending.length,
    migrations: [...known, ...newer.map((entry) => describeEntry(entry, 'newer'))],
  };
}

function describeKnown(migration: Migration, history: readonly HistoryEntry[]): MigrationStatus {
  const entry = history.find(({ number }) => number === migration.number);
  const { number, name, phase } = migration;
  if (entry === undefined) return { number, name, phase, state: 'pending' };
  return describeEntry(entry, entry.finishedAt === null ? 'interrupted' : 'applied');
}

function describeEntry(entry: HistoryEntry, state: MigrationState): MigrationStatus {
  const { number, name, phase, appVersion, finishedAt } = entry;
  return { number, name, phase, state, appVersion, ...(finishedAt === null ? {} : { finishedAt }) };
}
