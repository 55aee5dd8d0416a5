import { Command } from 'commander';
import { appVersion } from './app-version.ts';
import { check } from './commands/check.ts';
import type { CommandIo } from './commands/command-io.ts';
import { initCredentials } from './commands/init-credentials.ts';
import { type MigrateOptions, migrate } from './commands/migrate.ts';
import { serve } from './commands/serve.ts';
import { isError } from './is-error.ts';

const io: CommandIo = { env: process.env, print: (line) => process.stdout.write(`${line}\n`) };
const program = new Command('task-api').description('An agent that keeps tasks.').version(appVersion);

program
  .command('serve')
  .description('serve the API and execute runs')
  .option('--host <address>', 'address to listen on; every address of the pod when left out', '0.0.0.0')
  .action(({ host }: { readonly host: string }) => serve(process.env, host));
program
  .command('check')
  .description('say whether PostgreSQL and Redis are healthy')
  .action(() => exitWith(check(io)));
program
  .command('init-credentials')
  .description('create the credentials Secret unless it exists')
  .action(() => exitWith(initCredentials(io)));
addMigrate(program.command('migrate').description('bring the schema up to date, or look at it'));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${isError(error) ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function addMigrate(command: Command): void {
  for (const action of ['up', 'status', 'verify'] as const) {
    command
      .command(action)
      .option('--wait-for-db', 'wait until PostgreSQL accepts connections')
      .option('--json', 'report as JSON')
      .action((options: MigrateOptions) => exitWith(migrate(action, options, io)));
  }
}

/** Not `process.exit`: output that is still on its way would be lost. */
async function exitWith(code: Promise<number>): Promise<void> {
  process.exitCode = await code;
}
