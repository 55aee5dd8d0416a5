import { Command } from 'commander';
import { appVersion } from './app-version.ts';
import { serve } from './commands/serve.ts';

const program = new Command('task-api').description('An agent that keeps tasks.').version(appVersion);

program.command('serve').description('serve the API and execute runs').action(() => serve(process.env));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
