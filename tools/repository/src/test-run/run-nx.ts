import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface NxRun {
  readonly exitCode: number;
  /** The end of what Nx printed; it tells why no task was run. */
  readonly lastLines: readonly string[];
}

/** Called when a task ended. */
export type OnTask = (task: EndedTask) => void;

export interface EndedTask {
  readonly id: string;
  readonly isCached: boolean;
}

const taskLine = /^> nx run (?<id>[\w:@/-]+)(?<cached>.*cache.*)?$/;
const keptLines = 60;

/** Runs Nx and tells about each task that ends. What tasks print is kept by Nx, see `readRun`. */
export function runNx(args: readonly string[], root: string, onTask: OnTask): Promise<NxRun> {
  const nx = join(root, 'node_modules/.bin/nx');
  const child = spawn(process.execPath, [nx, ...args, '--outputStyle=static'], {
    cwd: root,
    // Tasks are many short processes of the same code; compiling it once saves a third of their start.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'), ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      keepLast(lastLines, line);
      reportTask(line, onTask);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? 1, lastLines }));
  });
}

function keepLast(lines: string[], line: string): void {
  lines.push(line);
  if (lines.length > keptLines) lines.shift();
}

function reportTask(line: string, onTask: OnTask): void {
  const { id, cached } = taskLine.exec(line.trim())?.groups ?? {};
  if (id !== undefined) onTask({ id, isCached: cached !== undefined });
}
