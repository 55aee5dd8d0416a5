import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BenchError } from '../bench-error.ts';
import type { LoadPlan, LoadResult } from './load-request.ts';

export interface LoadGenerator {
  run(plan: LoadPlan): Promise<LoadResult>;
  stop(): void;
}

/** A process that makes requests, apart from the servers, whose figures must not contain its work. */
export function startLoadGenerator(): LoadGenerator {
  const child = fork(join(import.meta.dirname, 'load-main.ts'));
  const exited = once(child, 'exit').then(([code]) => {
    throw new BenchError('did-not-start', { what: 'the load', value: `it ended with ${code}` });
  });
  exited.catch(() => undefined);
  return { run: (plan) => Promise.race([run(child, plan), exited]), stop: () => child.disconnect() };
}

async function run(child: ChildProcess, plan: LoadPlan): Promise<LoadResult> {
  const answer = once(child, 'message');
  child.send(plan);
  const [result] = await answer;
  return result;
}
