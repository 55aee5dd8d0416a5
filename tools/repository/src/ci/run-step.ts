import { spawn } from 'node:child_process';

/** What one command of CI came to. */
export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** What there is to say beyond the numbers. */
  readonly note: string;
  /** What failed, one line each, as far as its output names it. */
  readonly failures: readonly string[];
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

export interface CommandOutcome {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a command, shows what it prints and keeps it. */
export function runVisibly({ program, args, env }: Command): Promise<CommandOutcome> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}
