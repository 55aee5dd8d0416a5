import { type MigrateAction, readMigrations, runMigrate } from '@task-api/migrations';
import { appVersion } from '../app-version.ts';
import { integerOf } from '../config/config-variables.ts';
import { parseDatabase } from '../config/parse-config.ts';
import type { CommandIo } from './command-io.ts';

export interface MigrateOptions {
  readonly waitForDb?: boolean;
  readonly json?: boolean;
}

const dayMs = 86_400_000;

/** `migrate up|status|verify`: hands over to the runner, over one connection of its own. */
export async function migrate(action: MigrateAction, options: MigrateOptions, { env }: CommandIo): Promise<number> {
  const { url, password } = parseDatabase(env);
  const connection = {
    host: decodeURIComponent(url.hostname),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    application_name: 'task-api migrate',
    ...(password && { password: password.reveal() }),
  };
  const waitForDatabaseMs = options.waitForDb === true ? integerOf(env, 'MIGRATION_WAIT_FOR_DB_MS', [0, dayMs]) : 0;
  const lockTimeoutMs = integerOf(env, 'MIGRATION_LOCK_TIMEOUT_MS', [1, dayMs]);
  return runMigrate(
    action,
    { connection, migrations: await readMigrations(), appVersion, waitForDatabaseMs, lockTimeoutMs },
    { format: options.json === true ? 'json' : 'text', output: process.stdout, progress: process.stderr },
  );
}
