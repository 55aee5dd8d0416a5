import { spawn } from 'node:child_process';
import { markersOf } from '@task-api/cluster';
import { E2eError } from '../e2e-error.ts';

export interface CommandResult {
  /** The command as a person would type it. */
  readonly command: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Ends the program with SIGTERM. */
  readonly signal?: AbortSignal;
}

const terminatedExitCode = 143;

/**
 * Runs a program to its end. Only one that cannot be started throws; a failing one has an exit code above 0. It is
 * marked: should this process be killed, `cluster down` ends it.
 */
export function runProgram(argv: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  const [file = '', ...args] = argv;
  const { input = '', env = process.env, ...rest } = options;
  const startedAtMs = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...rest, env: { ...env, ...markersOf('e2e') }, stdio: ['pipe', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.once('error', (cause) => {
      if (cause.name !== 'AbortError')
        reject(new E2eError('not-started', { what: file, detail: String(cause) }, { cause }));
    });
    child.once('close', (code) =>
      resolve({
        command: describeCommand(argv),
        exitCode: code ?? terminatedExitCode,
        ...output,
        startedAtMs,
        endedAtMs: Date.now(),
      }),
    );
    // A program that ends before it has read its input breaks the pipe; its exit code tells why.
    child.stdin.on('error', () => child.stdin.destroy());
    child.stdin.end(input);
  });
}

/** Without the directory of the program, and with quotes where a shell would need them. */
export function describeCommand([file = '', ...args]: readonly string[]): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return [name, ...args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`))].join(
    ' ',
  );
}
