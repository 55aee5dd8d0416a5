import { execFile } from 'node:child_process';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Longest output that is kept: a chart renders to well below a tenth of it. */
const maxOutputBytes = 256 * 1024 * 1024;

/** Runs a program to its end. Only a program that cannot be started rejects; a failing one has a `code` above 0. */
export function runCommand(file: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { timeoutMs: timeout = 0, ...rest } = options;
  return new Promise((resolve, reject) => {
    execFile(file, args, { ...rest, timeout, maxBuffer: maxOutputBytes }, (error, stdout, stderr) => {
      if (error === null) return resolve({ code: 0, stdout, stderr });
      if (error.killed) return resolve({ code: 124, stdout, stderr: `${stderr}gave up after ${timeout} ms` });
      if (typeof error.code === 'number') return resolve({ code: error.code, stdout, stderr });
      reject(error);
    });
  });
}
