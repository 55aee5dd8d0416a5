import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from '../bench-error.ts';
import { processTree } from '../process/process-tree.ts';
import { processorTimeMs } from '../process/processor-time.ts';

export interface LaunchedStack {
  /** From the start of the program until the service says that it is ready. */
  readonly readyMs: number;
  /** Processor time that everything has taken until then. */
  readonly cpuMs: number;
  /** Of the agent's own process. */
  readonly agentPid: number;
  stop(): Promise<void>;
}

export interface Launch {
  /** Where PostgreSQL has its data. */
  readonly directory: string;
  readonly port: number;
}

const main = join(import.meta.dirname, '../../../local-stack/src/main.ts');
const pollMs = 10;
const deadlineMs = 60_000;

/** Starts the local stack as a person does: PostgreSQL, Redis, migrations, agent. */
export async function launchStack({ directory, port }: Launch): Promise<LaunchedStack> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [main, '--port', String(port), '--data', directory], { stdio: 'ignore' });
  while (!(await isReady(port))) {
    if (child.exitCode !== null || performance.now() - startedMs > deadlineMs)
      throw new BenchError('did-not-start', { what: 'the local stack', value: `exit code ${child.exitCode}` });
    await sleep(pollMs);
  }
  const readyMs = performance.now() - startedMs;
  const cpuMs = processorTimeMs(child.pid ?? 0);
  return { readyMs, cpuMs, agentPid: findAgent(child), stop: () => stop(child) };
}

function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
}

/** The shell that guards the agent has the same arguments, after its own. */
function findAgent({ pid = 0 }: ChildProcess): number {
  const isAgent = (candidate: number) => {
    const [program, ...rest] = commandOf(candidate);
    return program === process.execPath && rest.some((word) => word.endsWith('agent/src/main.ts'));
  };
  const found = processTree(pid).find(isAgent);
  if (found !== undefined) return found;
  throw new BenchError('no-process-facts', { value: pid, allowed: 'its child processes' });
}

function commandOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // It has ended since it was listed.
    return [];
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
