import { constants } from 'node:os';
import { Command } from 'commander';
import { appVersion } from './app-version.ts';
import type { CommandIo } from './commands/command-io.ts';
import type { MigrateOptions } from './commands/migrate.ts';
import { isError } from './is-error.ts';
import { mapStackTraces } from './map-stack-traces.ts';

mapStackTraces();

const io: CommandIo = { env: process.env, print: (line) => process.stdout.write(`${line}\n`) };

// Each command loads what it needs when it is called: a migration starts in a fifth of the time that the server takes.
const commands = {
  serve: async (host: string) => (await import('./commands/serve.ts')).serve(process.env, host),
  check: async () => (await import('./commands/check.ts')).check(io),
  initCredentials: async () => (await import('./commands/init-credentials.ts')).initCredentials(io),
  migrate: async (action: MigrateAction, options: MigrateOptions) =>
    (await import('./commands/migrate.ts')).migrate(action, options, io),
};

const migrateActions = ['up', 'status', 'verify'] as const;
type MigrateAction = (typeof migrateActions)[number];

const program = new Command('task-api').description('An agent that keeps tasks.').version(appVersion);

program
  .command('serve')
  .description('serve the API and execute runs')
  .option('--host <address>', 'address to listen on; every address of the pod when left out', '0.0.0.0')
  .action(({ host }: { readonly host: string }) => commands.serve(host));
program
  .command('check')
  .description('say whether PostgreSQL and Redis are healthy')
  .action(() => exitWith(commands.check()));
program
  .command('init-credentials')
  .description('create the credentials Secret unless it exists')
  .action(() => exitWith(commands.initCredentials()));
addMigrate(program.command('migrate').description('bring the schema up to date, or look at it'));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${isError(error) ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function addMigrate(command: Command): void {
  for (const action of migrateActions) {
    command
      .command(action)
      .option('--wait-for-db', 'wait until PostgreSQL accepts connections')
      .option('--json', 'report as JSON')
      .action((options: MigrateOptions) => exitWith(commands.migrate(action, options)));
  }
}

/** Not `process.exit`: output that is still on its way would be lost. */
async function exitWith(code: Promise<number>): Promise<void> {
  endOnSignals();
  process.exitCode = await code;
}

/** The first process of a container does not get signals that it has not asked for: it would be killed 30 s later. */
function endOnSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      process.stderr.write(`stopped by ${signal}\n`);
      process.exit(128 + constants.signals[signal]);
    });
}
