import { HelmError, type HelmMajor } from '@task-api/helm';
import { onStopSignal } from '@task-api/local-stack';
import { Command, CommanderError, Option } from 'commander';
import picocolors from 'picocolors';
import { chooseForeign } from './cluster/choose-foreign.ts';
import { E2eError } from './e2e-error.ts';
import { describeOutcome } from './report/run-outcome.ts';
import type { RunReport } from './report/run-report.ts';
import { discoverMutations, discoverScenarios } from './run/discover.ts';
import { type LiveProgress, liveProgress } from './run/live-progress.ts';
import { progressLog } from './run/progress-log.ts';
import { type E2eOptions, runE2e } from './run-e2e.ts';

const failedExitCode = 1;
const usageExitCode = 2;
/** As a shell has it for a program that SIGINT ended. */
const interruptedExitCode = 130;

interface CliOptions {
  readonly only?: readonly string[];
  readonly helm?: HelmMajor;
  readonly keep?: true;
  readonly soak?: true;
  readonly repeat?: true;
  readonly load?: string;
  readonly charts?: string;
  readonly mutations?: true;
  readonly list?: true;
  readonly output?: string;
}

/** Parses the arguments, runs, prints the outcome and returns the exit code. */
export async function runCli(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options.list) return await printList();
    return await runAndTell(options);
  } catch (error) {
    return endWithError(error);
  }
}

async function runAndTell(options: CliOptions): Promise<number> {
  const progress = progressFor(process.stdout, process.env);
  const signal = interruption((value) => progress.line(`${value}: ending in order; once more ends at once`));
  try {
    const report = await runE2e({ ...toRunOptions(options), progress, signal });
    progress.stop();
    process.stdout.write(`\n${describeOutcome(report)}\n`);
    return signal.aborted ? interruptedExitCode : exitCodeOf(report);
  } finally {
    progress.stop();
  }
}

/** Drawn on a terminal, plain lines everywhere else. */
function progressFor(stream: typeof process.stdout, env: NodeJS.ProcessEnv): LiveProgress {
  const isTerminal = stream.isTTY === true && env.TERM !== 'dumb';
  const colors = picocolors.createColors(isTerminal && !env.NO_COLOR);
  // Without a width nothing can be redrawn.
  if (isTerminal && stream.columns > 0 && !env.CI) return liveProgress({ stream, colors });
  const write = (text: string) => void stream.write(text);
  return { ...progressLog({ write, colors }), stop: () => undefined };
}

function parseOptions(args: readonly string[]): CliOptions {
  const program = new Command('e2e')
    .description('Proves the promises of the chart on a real Kubernetes, with real Helm, under load.')
    .option('--only <scenario...>', 'run these scenarios only')
    .option('--helm <major>', 'run with this major of Helm only: 3 or 4', parseMajor)
    .option('--keep', 'leave cluster, namespaces and releases as they are at the end')
    .option('--soak', 'endure: more rounds in scenarios that repeat things')
    .option('--repeat', 'run a scenario that failed once more, alone; the report tells of both attempts')
    .option('--load <command>', 'shell command that brings the image archive {} into the cluster of KUBECONFIG')
    .option(
      '--charts <directory>',
      'packaged Bitnami charts; the release then depends on them and not on the stand-ins',
    )
    .addOption(new Option('--mutations', mutationsHelp).conflicts('helm'))
    .option('--output <directory>', 'where the report goes; dist/e2e unless given')
    .option('--list', 'list scenarios and mutations')
    .exitOverride()
    .addHelpText('after', examples);
  return program.parse(args, { from: 'user' }).opts<CliOptions>();
}

const mutationsHelp = 'break the chart on purpose, one mistake at a time: each has to make its scenario fail';

const examples = `
Examples:
  $ npm run e2e                                          all scenarios on a cluster of our own
  $ npm run e2e -- --only install upgrade --helm 4       two of them, with Helm 4
  $ KUBECONFIG=~/.kube/config npm run e2e -- --load 'kind load image-archive {}'`;

function parseMajor(value: string): HelmMajor {
  if (value === '3' || value === '4') return value === '3' ? 3 : 4;
  throw new E2eError('helm-unknown', { value });
}

function toRunOptions(options: CliOptions): Omit<E2eOptions, 'progress' | 'signal'> {
  const { keep, soak, repeat, mutations, list: _, load, ...rest } = options;
  const foreign = chooseForeign({ kubeconfig: process.env.KUBECONFIG, load });
  return {
    ...rest,
    isKept: keep === true,
    isSoak: soak === true,
    isRepeated: repeat === true,
    breaksChart: mutations === true,
    ...(foreign && { foreign }),
  };
}

/** The first Ctrl-C ends what runs, in order, as does a reader that goes; the second ends this process. */
function interruption(onInterrupt: (by: string) => void): AbortSignal {
  const controller = new AbortController();
  const end = (value: string) => {
    if (controller.signal.aborted) return;
    controller.abort(new E2eError('interrupted', { value }));
    onInterrupt(value);
  };
  onStopSignal(['SIGINT', 'SIGTERM'], end);
  process.stdout.on('error', ({ message }) => end(message));
  return controller.signal;
}

async function printList(): Promise<number> {
  const [scenarios, mutations] = await Promise.all([discoverScenarios(), discoverMutations()]);
  const width = Math.max(...[...scenarios, ...mutations].map(({ name }) => name.length));
  const lines = [
    ...scenarios.map(({ name, title, helm }) => `${name.padEnd(width)}  ${title} (Helm ${helm.join(', ')})`),
    '',
    'Mutations:',
    ...mutations.map(({ name, title, scenario }) => `${name.padEnd(width)}  ${title} → ${scenario} fails`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function exitCodeOf({ scenarios }: RunReport): number {
  return scenarios.some(({ status }) => status === 'failed') ? failedExitCode : 0;
}

function endWithError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
  const isExpected = error instanceof E2eError || error instanceof HelmError || isNamedError(error);
  process.stderr.write(`${isExpected ? error.message : describeDefect(error)}\n`);
  return error instanceof E2eError && error.rule === 'interrupted' ? interruptedExitCode : failedExitCode;
}

/** Errors of the packages below are closed sets with a rule each: their message is meant for people. */
function isNamedError(error: unknown): error is Error {
  return error instanceof Error && 'rule' in error;
}

function describeDefect(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
