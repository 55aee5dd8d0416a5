import { readFile } from 'node:fs/promises';
import { MigrationsError } from '../migrations-error.ts';
import { compareSchemas, type SchemaDifference } from '../schema/compare-schemas.ts';
import { describeSchema } from '../schema/describe-schema.ts';
import { withConnection } from './connection.ts';
import { readHistory } from './history.ts';
import { planMigrations } from './plan.ts';
import { type RunnerOptions, withDefaults } from './runner-options.ts';

export interface VerifyOptions extends RunnerOptions {
  /** File with the schema that the migrations lead to. */
  readonly snapshotPath: string;
}

export interface VerifyReport {
  readonly pending: readonly string[];
  /** A later release has migrated, so its schema is not known here; the differences are not looked for. */
  readonly newer: readonly string[];
  readonly differences: readonly SchemaDifference[];
  readonly isVerified: boolean;
}

/**
 * Checks that a database is what the migrations lead to: nothing is pending, edited or changed by hand.
 *
 * @throws MigrationsError when the history has been rewritten or this release is below the floor
 */
export async function verifySchema(options: VerifyOptions): Promise<VerifyReport> {
  const settings = withDefaults(options);
  const expected = await readSnapshot(options.snapshotPath);
  const [history, actual] = await withConnection(
    settings,
    async (client) => [await readHistory(client), await describeSchema(client)] as const,
  );
  const plan = planMigrations(settings.migrations, history, settings.appVersion);
  const [pending, newer] = [plan.pending.map(({ name }) => name), plan.newer.map(({ name }) => name)];
  const isComparable = pending.length + newer.length === 0;
  const differences = isComparable ? compareSchemas(expected, actual) : [];
  return { pending, newer, differences, isVerified: pending.length + differences.length === 0 };
}

async function readSnapshot(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new MigrationsError('bad-snapshot', { file: path }, { cause });
  });
}
