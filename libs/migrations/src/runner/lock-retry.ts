import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { Migration } from '../migration-file.ts';
import { MigrationsError } from '../migrations-error.ts';
import { codeOf } from './describe-failure.ts';
import type { Settings } from './runner-options.ts';

/** lock_timeout, and the deadlock that PostgreSQL resolved against us. */
const lockStates = new Set(['55P03', '40P01']);

const longestPauseMs = 5_000;

/**
 * Does the work again while it fails for want of a lock. Between tries, those who queued behind the statement pass:
 * a statement that waits for a lock blocks everyone who comes after it.
 */
export async function retryForLocks(
  migration: Migration,
  settings: Settings,
  work: () => Promise<void>,
): Promise<void> {
  const deadline = Date.now() + settings.patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    const error = await failureOf(work);
    if (error === undefined) return;
    if (!lockStates.has(codeOf(error) ?? '')) throw error;
    const pauseMs = Math.min(longestPauseMs, 100 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random());
    if (Date.now() + pauseMs > deadline) throw outOfPatience(migration, settings, attempt);
    settings.onProgress({ kind: 'lock-retried', name: migration.name, attempt, pauseMs: Math.round(pauseMs) });
    await sleep(pauseMs);
  }
}

async function failureOf(work: () => Promise<void>): Promise<unknown> {
  return work().then(
    () => undefined,
    (error: unknown) => error ?? new Error('failed without an error'),
  );
}

function outOfPatience({ name }: Migration, { patienceMs }: Settings, attempts: number): MigrationsError {
  return new MigrationsError('lock-timeout', { file: name, value: patienceMs, detail: String(attempts) });
}

/** One transaction around the work. */
export async function inTransaction(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => 'what made us roll back is the error to tell');
    throw error;
  }
}
