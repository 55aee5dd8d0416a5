import { type MigrateAction, MigrationsError, type RunnerOptions, runMigrate } from '@task-api/migrations';
import { AgentError } from '../agent-error.ts';
import { appVersion } from '../app-version.ts';
import { type Environment, integerOf } from '../config/config-variables.ts';
import { parseDatabase } from '../config/parse-config.ts';
import { connectionOptions } from '../database/connection-options.ts';
import type { CommandIo } from './command-io.ts';

export interface MigrateOptions {
  readonly waitForDb?: boolean;
  readonly json?: boolean;
}

/** `migrate up|status|verify`: hands over to the runner, over one connection of its own. */
export async function migrate(action: MigrateAction, options: MigrateOptions, { env }: CommandIo): Promise<number> {
  return runMigrate(action, () => runnerOptions(options, env), {
    format: options.json === true ? 'json' : 'text',
    output: process.stdout,
    progress: process.stderr,
  });
}

/** @throws MigrationsError, which the command reports as any other */
function runnerOptions(options: MigrateOptions, env: Environment): Omit<RunnerOptions, 'migrations'> {
  try {
    return parseRunnerOptions(options, env);
  } catch (cause) {
    if (!(cause instanceof AgentError)) throw cause;
    throw new MigrationsError('bad-configuration', { detail: cause.message }, { cause });
  }
}

const dayMs = 86_400_000;

function parseRunnerOptions({ waitForDb }: MigrateOptions, env: Environment): Omit<RunnerOptions, 'migrations'> {
  return {
    connection: { ...connectionOptions(parseDatabase(env)), application_name: 'task-api migrate' },
    appVersion,
    waitForDatabaseMs: waitForDb === true ? integerOf(env, 'MIGRATION_WAIT_FOR_DB_MS', [0, dayMs]) : 0,
    lockTimeoutMs: integerOf(env, 'MIGRATION_LOCK_TIMEOUT_MS', [1, dayMs]),
  };
}
