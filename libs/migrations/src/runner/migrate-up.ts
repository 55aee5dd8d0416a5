import type { Client } from 'pg';
import type { Migration } from '../migration-file.ts';
import { applyMigration } from './apply-migration.ts';
import { withConnection } from './connection.ts';
import { describeFailure } from './describe-failure.ts';
import { createHistory, type HistoryEntry, readHistory } from './history.ts';
import { assertContractIsDue } from './live-instances.ts';
import { type Plan, planMigrations } from './plan.ts';
import { assertLockHeld, withRunnerLock } from './runner-lock.ts';
import { type RunnerOptions, type Settings, withDefaults } from './runner-options.ts';

export interface UpReport {
  /** Names of what this run applied, in order. */
  readonly applied: readonly string[];
  /** Number of the newest migration that is applied, whoever did it; 0 in an empty history. */
  readonly head: number;
  /** Names of what a later release has applied. */
  readonly newer: readonly string[];
}

/**
 * Brings a database up to the migrations. Any number of runners may do so at once: one applies, the others wait.
 * A schema that a later release has made is left as it is.
 *
 * @throws MigrationsError
 */
export async function migrateUp(options: RunnerOptions): Promise<UpReport> {
  const settings = withDefaults(options);
  return withConnection(settings, async (client) => {
    const plan = await readPlan(client, settings);
    if (plan.pending.length === 0) return report(plan, await readHistory(client));
    return withRunnerLock(client, settings, () => applyPending(client, settings));
  });
}

async function readPlan(client: Client, { migrations, appVersion }: Settings): Promise<Plan> {
  return planMigrations(migrations, await readHistory(client), appVersion);
}

async function applyPending(client: Client, settings: Settings): Promise<UpReport> {
  await createHistory(client);
  // Read again: another runner may have been at work while this one waited for the lock.
  const plan = await readPlan(client, settings);
  for (const migration of plan.pending) await applyNext(client, migration, settings);
  return report(plan, await readHistory(client));
}

async function applyNext(client: Client, migration: Migration, settings: Settings): Promise<void> {
  await assertLockHeld(client);
  await assertContractIsDue(client, migration, settings);
  try {
    await applyMigration(client, migration, settings);
  } catch (error) {
    throw describeFailure(error, migration.name);
  }
}

function report({ pending, newer }: Plan, history: readonly HistoryEntry[]): UpReport {
  return {
    applied: pending.map(({ name }) => name),
    head: history.filter(({ finishedAt }) => finishedAt !== null).at(-1)?.number ?? 0,
    newer: newer.map(({ name }) => name),
  };
}
