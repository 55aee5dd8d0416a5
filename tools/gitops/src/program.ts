import { Argument, Command, Option, type OutputConfiguration } from 'commander';
import type { CommandIo } from './command-io.ts';
import { type ExitCode, exitCodes, exitCodeTable } from './exit-codes.ts';
import type { RenderOperation } from './render/render-operation.ts';

/** Runs one command with what it may touch, and reports how it ended. */
export type Execute = (command: string, run: (io: CommandIo) => Promise<ExitCode>) => Promise<void>;

interface HelmOptions {
  readonly helm?: '3' | '4';
  readonly lane?: 'auto' | 'upstream' | 'mirror';
}

type Example = readonly [command: string, meaning: string];

/** The command line. Each command's code is loaded when it runs, so that `--help` is quick. */
export function buildProgram(execute: Execute, output: OutputConfiguration): Command {
  const program = new Command('gitops')
    .exitOverride()
    .configureOutput(output)
    .description('From typed environments to rendered, validated releases.')
    .option('--json', 'print one JSON document on stdout, everything else on stderr')
    .option('--verbose', 'show the stack of errors')
    .option('--root <directory>', 'checkout to work on (default: the one around the current directory)')
    .option('--no-color', 'no colours; NO_COLOR does the same, and so does output that is not a terminal')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', exitCodeHelp());
  for (const add of commands) add(program, execute);
  return program;
}

type AddCommand = (program: Command, execute: Execute) => void;

const addGenerate: AddCommand = (program, execute) => {
  const command = program
    .command('generate')
    .summary('write overlays, Applications and the other generated files')
    .description(
      'Writes every generated file that differs from what its input gives: all of them or, on an error, none.',
    )
    .addArgument(environmentsArgument())
    .action((names: readonly string[]) =>
      execute('generate', async (io) => (await import('./commands/generate.command.ts')).generate(names, io)),
    );
  addExamples(command, [
    ['gitops generate', 'all environments and the files they share'],
    ['gitops generate prod', 'the overlay and the Application of prod alone'],
  ]);
};

const addCheck: AddCommand = (program, execute) => {
  const command = program
    .command('check')
    .summary('compare the generated files with their input')
    .description('Fails with a diff when a generated file on disk is not what its input gives; writes nothing.')
    .addArgument(environmentsArgument())
    .action((names: readonly string[]) =>
      execute('check', async (io) => (await import('./commands/check.command.ts')).check(names, io)),
    );
  addExamples(command, [
    ['gitops check', 'what CI runs'],
    ['gitops check staging --json', 'the differences of one environment, for a program'],
  ]);
};

interface TemplateOptions extends HelmOptions {
  readonly as: RenderOperation;
  readonly output?: string;
  readonly phases?: true;
}

const addTemplate: AddCommand = (program, execute) => {
  const command = program
    .command('template')
    .summary('render an environment with the real Helm')
    .description('Renders an environment with the real Helm and the chart at its revision.')
    .addArgument(environmentArgument())
    .addOption(
      new Option('--as <operation>', 'who renders')
        .choices(['argocd', 'helm-install', 'helm-upgrade'])
        .default('argocd'),
    )
    .option('--output <directory>', 'write one file per object instead of printing the manifest')
    .option('--phases', 'show in which phases and waves the objects are applied')
    .action((name: string, options: TemplateOptions) =>
      execute('template', async (io) =>
        (await import('./commands/template.command.ts')).template({ ...options, environment: name }, io),
      ),
    );
  addHelmOptions(command);
  addExamples(command, [
    ['gitops template prod', 'the manifest that Argo CD would apply'],
    ['gitops template prod --as helm-upgrade --phases', 'what helm upgrade does, in order'],
    ['gitops template dev --helm 3 --output out/dev', 'one file per object, rendered by Helm 3'],
  ]);
};

interface ValidateOptions extends HelmOptions {
  readonly kubernetesVersion?: string;
  readonly allVersions?: true;
  readonly argocd?: true;
}

const addValidate: AddCommand = (program, execute) => {
  const command = program
    .command('validate')
    .summary('render environments and check every object strictly')
    .description(
      'Renders environments as Helm and as Argo CD would, and checks every object strictly; argocd/*.yaml too.',
    )
    .addArgument(environmentsArgument())
    .option('--kubernetes-version <minor>', 'Kubernetes version to validate for')
    .option('--all-versions', 'validate for every supported Kubernetes version')
    .option('--argocd', 'argocd/*.yaml alone, which needs no Helm')
    .action((names: readonly string[], options: ValidateOptions) =>
      execute('validate', async (io) => {
        if (options.argocd) return (await import('./commands/validate-argocd.command.ts')).validateArgocdFiles(io);
        return (await import('./commands/validate.command.ts')).validate({ ...options, names }, io);
      }),
    );
  addHelmOptions(command);
  addExamples(command, [
    ['gitops validate', 'all environments'],
    ['gitops validate prod --all-versions', 'prod for every Kubernetes version that is supported'],
  ]);
};

const addExplain: AddCommand = (program, execute) => {
  const command = program
    .command('explain')
    .summary('show which layer set a value, with file and line')
    .description('Shows which layer set a value: chart default, tier, environment or release, with file and line.')
    .addArgument(environmentArgument())
    .argument('[path]', 'dotted path of a value, such as resources.requests.cpu')
    .option('--all', 'every value of the overlay')
    .action((environment: string, path: string | undefined, options: { readonly all?: true }) => {
      if (path === undefined && !options.all)
        command.error("error: missing argument 'path'; give one, or --all for every value");
      return execute('explain', async (io) =>
        (await import('./commands/explain.command.ts')).explain({ environment, path }, io),
      );
    });
  addExamples(command, [
    ['gitops explain prod resources.requests.cpu', 'chart default, then tier, then environment'],
    ['gitops explain prod --all', 'where each value of the overlay comes from'],
  ]);
};

const addDoctor: AddCommand = (program, execute) => {
  const command = program
    .command('doctor')
    .summary('show what was found on this machine and what is missing')
    .description(
      'Shows what was found on this machine and what to do about what is missing; fails only for what is needed.',
    )
    .action(() => execute('doctor', async (io) => (await import('./commands/doctor.command.ts')).doctor(io)));
  addExamples(command, [['gitops doctor', 'when something does not work']]);
};

const addPrepare: AddCommand = (program, execute) => {
  const command = program
    .command('prepare')
    .summary('fetch Helm and the chart dependencies')
    .description('Fetches Helm and the chart dependencies, so that no later command needs the network.')
    .option('--refresh', 'ask the network again for dependencies that it could not give before')
    .action((options: HelmOptions & { readonly refresh?: true }) =>
      execute('prepare', async (io) => (await import('./commands/prepare.command.ts')).prepare(options, io)),
    );
  addHelmOptions(command);
  addExamples(command, [
    ['gitops prepare', 'before going offline'],
    ['gitops prepare --refresh', 'once the chart registry can be reached'],
  ]);
};

interface RunOptions extends HelmOptions {
  readonly port?: string;
  readonly data?: string;
  readonly reset?: true;
}

const addStart: AddCommand = (program, execute) => {
  const command = program
    .command('start')
    .summary('prepare, generate, render and validate everything, then run dev')
    .description(
      'Prepares what is missing, generates, renders each environment as Helm and as Argo CD would, and validates it. Where all is in order it goes on to run the dev environment on this machine.',
    )
    .option('--render-only', 'end after the table')
    .action(async (options: RunOptions & { readonly renderOnly?: true }) => {
      let isInOrder = false;
      await execute('start', async (io) => {
        const exitCode = await (await import('./commands/start.command.ts')).start(options, io);
        isInOrder = exitCode === exitCodes.ok;
        return exitCode;
      });
      if (isInOrder && !options.renderOnly) await execute('run', runEnvironment('dev', options));
    });
  addRunOptions(command);
  addHelmOptions(command);
  addExamples(command, [
    ['npm start', 'the same after a clone, with the dependencies installed first'],
    ['npm start -- --render-only', 'the table alone'],
    ['npm start -- --reset', 'with an empty database'],
  ]);
};

const addRun: AddCommand = (program, execute) => {
  const command = program
    .command('run')
    .summary('run an environment on this machine')
    .description(
      'Runs PostgreSQL, Redis, the migrations and the agent on this machine, configured by the ConfigMap that Helm renders for the environment. Ctrl-C stops all of it.',
    )
    .addArgument(environmentArgument().argOptional().default('dev'))
    .action((name: string, options: RunOptions) => execute('run', runEnvironment(name, options)));
  addRunOptions(command);
  addHelmOptions(command);
  addExamples(command, [
    ['gitops run', 'dev on port 8000'],
    ['gitops run staging --port 8001', 'staging beside it, with data of its own'],
  ]);
};

function runEnvironment(environment: string, options: RunOptions) {
  return async (io: CommandIo) => (await import('./commands/run.command.ts')).run({ ...options, environment }, io);
}

function addRunOptions(command: Command): void {
  command
    .option('--port <number>', 'port of the agent (default: 8000)')
    .option('--data <directory>', 'where data is kept (default: outside the checkout, one directory for each)')
    .option('--reset', 'remove the data of earlier runs first');
}

const commands: readonly AddCommand[] = [
  addStart,
  addRun,
  addGenerate,
  addCheck,
  addTemplate,
  addValidate,
  addExplain,
  addPrepare,
  addDoctor,
];

function environmentsArgument(): Argument {
  return new Argument('[environment...]', 'directories below environments/; all of them when none is named');
}

function environmentArgument(): Argument {
  return new Argument('<environment>', 'a directory below environments/');
}

function addHelmOptions(command: Command): void {
  command
    .addOption(new Option('--helm <major>', 'major version of Helm').choices(['3', '4']))
    .addOption(
      new Option('--lane <lane>', 'where the chart dependencies come from').choices(['auto', 'upstream', 'mirror']),
    );
}

function addExamples(command: Command, examples: readonly Example[]): void {
  const width = Math.max(...examples.map(([example]) => example.length));
  const lines = examples.map(([example, meaning]) => `  ${example.padEnd(width)}  ${meaning}`);
  command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

function exitCodeHelp(): string {
  return `\nExit codes:\n${exitCodeTable.map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`).join('\n')}`;
}
