import { $, type ProcessOutput } from 'zx';
import { ClusterError } from './cluster-error.ts';

export interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and returns what it printed; throws with its words when it fails. */
export async function runProgram(command: readonly string[], options: RunOptions = {}): Promise<string> {
  const output = await tryProgram(command, options);
  if (output.exitCode === 0) return output.stdout;
  const value = output.stderr.trim() || output.stdout.trim() || `exit code ${output.exitCode}`;
  throw new ClusterError('command-failed', { what: command.join(' ').slice(0, 300), value });
}

/** The same for a program that may fail. */
export async function tryProgram(command: readonly string[], options: RunOptions = {}): Promise<ProcessOutput> {
  const { input = '', cwd = '/', env = process.env } = options;
  return $({ quiet: true, nothrow: true, input, cwd, env })`${command}`;
}
