import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { CommandIo } from './command-io.ts';
import { build } from './commands/build.command.ts';
import { down } from './commands/down.command.ts';
import { logs } from './commands/logs.command.ts';
import { shell } from './commands/shell.command.ts';
import { status } from './commands/status.command.ts';
import { up } from './commands/up.command.ts';

const failed = 1;
const misused = 2;

/** Runs the command that the arguments name and returns its exit code. */
export async function runCli(args: readonly string[], io: CommandIo): Promise<number> {
  let exitCode = 0;
  const program = describeProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : misused;
    if (!isMeantForPeople(error)) throw error;
    io.stderr.write(`${error.message}\n`);
    return failed;
  }
}

/** Errors of this package and of those below are closed sets with a rule each. */
function isMeantForPeople(error: unknown): error is Error {
  return error instanceof Error && 'rule' in error;
}

function describeProgram(io: CommandIo, exitWith: (code: number) => void): Command {
  const program = new Command('cluster')
    .description('A real Kubernetes on this machine, in network namespaces of its own.')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .addHelpText('after', examples);
  program
    .command('up')
    .description('start the cluster; harmless when it runs')
    .option('--nodes <count>', 'how many nodes: 1 or 3', parseNodes, 3)
    .action((options: { readonly nodes: 1 | 3 }) => up(options, io));
  program
    .command('build')
    .description('build the programs of the cluster ahead of its first start')
    .action(() => build(io));
  program
    .command('down')
    .description('remove every trace of it; caches stay')
    .action(() => down(io));
  program
    .command('status')
    .description('what runs, and how well; exit code 1 when nothing does')
    .option('--json', 'one document on stdout')
    .action(async (options: { readonly json?: boolean }) => exitWith(await status(options, io)));
  program
    .command('shell')
    .description('a shell, or a command, that sees the cluster: KUBECONFIG, kubectl, and its networks')
    .argument('[command...]')
    .passThroughOptions()
    .action(async (command: readonly string[]) => exitWith(await shell(command, io)));
  program
    .command('logs')
    .description('the log of a part of the cluster; without a name, which there are')
    .argument('[name]')
    .action((name: string | undefined) => logs(name, io));
  return program;
}

const examples = `
Examples:
  npm run cluster -- up
  npm run cluster -- shell kubectl get pods --all-namespaces
  npm run cluster -- logs kube-apiserver
  npm run cluster -- down`;

function parseNodes(value: string): 1 | 3 {
  if (value === '1') return 1;
  if (value === '3') return 3;
  throw new InvalidArgumentError(`It is "${value}"; allowed are 1 and 3.`);
}
