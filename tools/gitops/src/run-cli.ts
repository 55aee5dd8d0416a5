import { CommanderError } from 'commander';
import picocolors from 'picocolors';
import type { CommandIo, Progress } from './command-io.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { findRoot } from './find-root.ts';
import { buildProgram } from './program.ts';
import type { Report } from './report/report.ts';

/** The process as `gitops` sees it. */
export interface Edge {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Leaves SIGINT and SIGTERM to the command. */
  takeOverSignals(): void;
}

export interface OutputStream {
  readonly isTTY?: boolean;
  /** Width of a terminal; 0 where it does not tell. */
  readonly columns?: number;
  write(text: string): unknown;
}

interface GlobalOptions {
  readonly json?: true;
  readonly verbose?: true;
  readonly root?: string;
  readonly color?: boolean;
}

interface Ending {
  readonly command: string;
  readonly exitCode: ExitCode;
  readonly report: Report | undefined;
}

/** Parses the arguments, runs the command and returns its exit code; it throws nothing. */
export async function runCli(args: readonly string[], edge: Edge): Promise<ExitCode> {
  const exits: ExitCode[] = [];
  const output = { writeOut: edge.stdout.write.bind(edge.stdout), writeErr: edge.stderr.write.bind(edge.stderr) };
  const program = buildProgram(async (command, run) => {
    const reports: Report[] = [];
    const options = program.opts<GlobalOptions>();
    const exitCode = await run(await commandIo(options, edge, (report) => reports.push(report)));
    exits.push(exitCode);
    await printEnding({ command, exitCode, report: reports.at(-1) }, options, edge);
  }, output);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exits.at(-1) ?? exitCodes.ok;
  } catch (error) {
    return endWithError(error, args, edge);
  }
}

async function commandIo(options: GlobalOptions, edge: Edge, report: CommandIo['report']): Promise<CommandIo> {
  return {
    root: findRoot(edge.cwd, options.root),
    env: edge.env,
    progress: await progressFor(edge),
    report,
    write: (text) => void (options.json ? edge.stderr : edge.stdout).write(text),
    takeOverSignals: edge.takeOverSignals,
  };
}

async function printEnding({ command, exitCode, report }: Ending, options: GlobalOptions, edge: Edge): Promise<void> {
  if (report === undefined) return;
  if (options.json) return printJson({ command, exitCode, ...report.data }, edge);
  const { formatReport } = await import('./report/format-report.ts');
  edge.stdout.write(formatReport(report.blocks, colorsFor(edge.stdout, edge, options)));
}

async function endWithError(error: unknown, args: readonly string[], edge: Edge): Promise<ExitCode> {
  if (error instanceof CommanderError) return endOfParsing(error, args, edge);
  const { describeError, formatError } = await import('./report/describe-error.ts');
  const { exitCode, problems } = describeError(error);
  if (args.includes('--json')) printJson({ exitCode, errors: problems }, edge);
  const colors = colorsFor(edge.stderr, edge, { color: !args.includes('--no-color') });
  edge.stderr.write(formatError(error, { colors, isVerbose: args.includes('--verbose') }));
  return exitCode;
}

/** Commander has printed help or its message already. */
function endOfParsing({ exitCode, code, message }: CommanderError, args: readonly string[], edge: Edge): ExitCode {
  if (exitCode === 0) return exitCodes.ok;
  if (args.includes('--json')) printJson({ exitCode: exitCodes.invalid, errors: [{ rule: code, message }] }, edge);
  return exitCodes.invalid;
}

function printJson(document: Readonly<Record<string, unknown>>, edge: Edge): void {
  edge.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

function colorsFor(stream: OutputStream, { env }: Edge, { color }: GlobalOptions) {
  const isWanted = Boolean(env.FORCE_COLOR) || (stream.isTTY === true && env.TERM !== 'dumb');
  return picocolors.createColors(isWanted && !env.NO_COLOR && color !== false);
}

async function progressFor({ stderr, env }: Edge): Promise<Progress> {
  const isWide = (stderr.columns ?? 0) > 0;
  if (stderr.isTTY === true && isWide && !env.CI && env.TERM !== 'dumb') {
    return (await import('./report/terminal-progress.ts')).terminalProgress();
  }
  return (await import('./report/plain-progress.ts')).plainProgress((line) => stderr.write(line));
}
