import type { ClientBase } from 'pg';
import type { Migration } from '../migration-file.ts';
import { withoutComments } from '../split-statements.ts';
import { applyBackfill } from './apply-backfill.ts';
import { recordFinish, recordStart } from './history.ts';
import { assertValidIndex, dropInvalidIndex } from './invalid-index.ts';
import { inTransaction, retryForLocks } from './lock-retry.ts';
import type { Settings } from './runner-options.ts';

/** Applies one migration and records it. Interrupted at any point, it can be applied again. */
export async function applyMigration(client: ClientBase, migration: Migration, settings: Settings): Promise<void> {
  const { name, number, why } = migration;
  const startedMs = performance.now();
  settings.onProgress({ kind: 'migration-started', name, number, why });
  await chooseWay(migration)(client, migration, settings);
  settings.onProgress({
    kind: 'migration-finished',
    name,
    number,
    durationMs: Math.round(performance.now() - startedMs),
  });
}

type Way = (client: ClientBase, migration: Migration, settings: Settings) => Promise<void>;

function chooseWay({ backfill, transaction }: Migration): Way {
  if (backfill !== undefined) return applyBackfill;
  return transaction === 'none' ? applyOneByOne : applyAtOnce;
}

/** All statements and the record in one transaction, which is tried again as a whole. */
const applyAtOnce: Way = async (client, migration, settings) => {
  await setTimeouts(client, settings.lockTimeoutMs, settings.statementTimeoutMs);
  await retryForLocks(migration, settings, () =>
    inTransaction(client, async () => {
      await recordStart(client, migration, settings.appVersion);
      for (const [index, text] of migration.statements.entries()) {
        await runStatement(client, { migration, index, text }, settings);
      }
      await recordFinish(client, migration);
    }),
  );
};

/**
 * Statements such as `create index concurrently`, each of which can be repeated. They wait for locks that hold up
 * nobody but other schema changes, so they wait as long as it takes.
 */
const applyOneByOne: Way = async (client, migration, settings) => {
  await setTimeouts(client, 0, 0);
  await recordStart(client, migration, settings.appVersion);
  for (const [index, text] of migration.statements.entries()) {
    await retryForLocks(migration, settings, async () => {
      await dropInvalidIndex(client, { migration, text }, settings);
      await runStatement(client, { migration, index, text }, settings);
      await assertValidIndex(client, { migration, text });
    });
  }
  await recordFinish(client, migration);
};

async function setTimeouts(client: ClientBase, lockMs: number, statementMs: number): Promise<void> {
  await client.query(`set lock_timeout = ${lockMs}; set statement_timeout = ${statementMs}`);
}

interface Step {
  readonly migration: Migration;
  readonly index: number;
  readonly text: string;
}

async function runStatement(client: ClientBase, { migration, index, text }: Step, settings: Settings): Promise<void> {
  const step = { name: migration.name, statement: index + 1 };
  settings.onProgress({ kind: 'statement-started', ...step, text: withoutComments(text) });
  await client.query(text).catch((error: Error) => {
    throw Object.assign(error, { statement: index + 1 });
  });
  settings.onProgress({ kind: 'statement-finished', ...step });
}
