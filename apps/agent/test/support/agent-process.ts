import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileCacheEnvironment } from '@task-api/local-stack';
import { addCleanup } from './test-agent.ts';

export interface AgentProcess {
  readonly url: string;
  readonly child: ChildProcess;
  readonly logs: readonly string[];
  /** Resolves with the exit code, or the name of the signal that killed it. */
  readonly exited: Promise<number | string>;
}

const main = join(import.meta.dirname, '../../src/main.ts');
const quick = {
  PORT: '0',
  DRAIN_DELAY_MS: '0',
  RUN_DRAIN_BUDGET_MS: '200',
  CLOSE_DEADLINE_MS: '500',
  RUN_LEASE_MS: '1500',
  RATE_LIMIT_PER_MINUTE: '0',
  LOG_LEVEL: 'debug',
};

/** The agent as a process of its own, so that a test can kill it. */
export async function startAgentProcess(env: Readonly<Record<string, string>>): Promise<AgentProcess> {
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH: process.env.PATH, ...(await compileCacheEnvironment()), ...quick, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  addCleanup(async () => void child.kill('SIGKILL'));
  const logs: string[] = [];
  const port = Promise.withResolvers<number>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    logs.push(line);
    const entry = JSON.parse(line);
    if (entry.msg === 'serving') port.resolve(entry.port);
  });
  createInterface({ input: child.stderr }).on('line', (line) => logs.push(line));
  const exited = once(child, 'exit').then(([code, signal]) => code ?? signal);
  exited.then((code) => port.reject(new Error(`the agent ended with ${code}: ${logs.join('\n')}`)));
  return { url: `http://127.0.0.1:${await port.promise}`, child, logs, exited };
}
