import { compareAppVersions, latestAppVersion } from '../app-version.ts';
import type { Migration } from '../migration-file.ts';
import { MigrationsError } from '../migrations-error.ts';
import type { HistoryEntry } from './history.ts';

export interface Plan {
  /** Migrations to apply, in order; the first may have been interrupted. */
  readonly pending: readonly Migration[];
  /** What a later release has applied: fine, as long as this release is not below the floor. */
  readonly newer: readonly HistoryEntry[];
}

/**
 * Decides what is to be done to bring a database up to the migrations, or why nothing may be done.
 *
 * @throws MigrationsError when the history has been rewritten or this release is too old for the schema
 */
export function planMigrations(
  migrations: readonly Migration[],
  history: readonly HistoryEntry[],
  appVersion: string,
): Plan {
  const newest = migrations.at(-1);
  for (const entry of history) assertUnchanged(entry, migrations, newest);
  assertAboveFloor(history, appVersion);
  const pending = selectPending(migrations, history);
  assertInOrder(pending, history);
  return { pending, newer: history.filter((entry) => entry.number > (newest?.number ?? 0)) };
}

function assertUnchanged(entry: HistoryEntry, migrations: readonly Migration[], newest: Migration | undefined): void {
  const migration = migrations.find(({ number }) => number === entry.number);
  if (migration === undefined) {
    if (newest === undefined || entry.number > newest.number) return;
    throw new MigrationsError('missing-file', { file: entry.name, value: newest.name });
  }
  if (entry.finishedAt === null || migration.checksum === entry.checksum) return;
  const detail = `it was ${entry.name} with checksum ${entry.checksum.slice(0, 12)}, now ${migration.checksum.slice(0, 12)}`;
  throw new MigrationsError('edited-file', { file: migration.name, detail });
}

function assertAboveFloor(history: readonly HistoryEntry[], appVersion: string): void {
  const floor = latestAppVersion(history.flatMap(({ minAppVersion }) => minAppVersion ?? []));
  if (floor === undefined || compareAppVersions(appVersion, floor) >= 0) return;
  const file = history.find(({ minAppVersion }) => minAppVersion === floor)?.name ?? '';
  throw new MigrationsError('below-floor', { file, value: appVersion, allowed: floor });
}

function selectPending(migrations: readonly Migration[], history: readonly HistoryEntry[]): readonly Migration[] {
  const finished = new Set(history.filter(({ finishedAt }) => finishedAt !== null).map(({ number }) => number));
  return migrations.filter(({ number }) => !finished.has(number));
}

function assertInOrder(pending: readonly Migration[], history: readonly HistoryEntry[]): void {
  const [first] = pending;
  const last = history.at(-1);
  if (first === undefined || last === undefined || first.number >= last.number) return;
  throw new MigrationsError('out-of-order', { file: first.name, value: last.name });
}
