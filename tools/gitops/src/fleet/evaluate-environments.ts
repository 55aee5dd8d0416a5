import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { GitopsError } from '../gitops-error.ts';
import type { EvaluationRequest, EvaluationResult, Evaluations } from './evaluation.ts';

interface EnvironmentModule {
  readonly name: string;
  /** Absolute path of its environment.ts. */
  readonly path: string;
}

type Rounds = readonly (readonly EvaluationResult[])[];

const timeoutMs = 30_000;

/**
 * Evaluates each environment.ts twice, in a thread of its own where `process.env` is empty, only `@task-api/values`
 * can be imported and the clock has moved on between the two.
 *
 * @throws GitopsError `environment-hangs`
 */
export async function evaluateEnvironments(modules: readonly EnvironmentModule[]): Promise<Evaluations> {
  const rounds = await runWorker(modules.map(({ path }) => ({ url: pathToFileURL(path).href })));
  return new Map(modules.map(({ name }, index) => [name, rounds.flatMap((round) => round[index] ?? [])]));
}

function runWorker(requests: readonly EvaluationRequest[]): Promise<Rounds> {
  const worker = new Worker(new URL('./evaluate-environments.worker.ts', import.meta.url), {
    workerData: requests,
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new GitopsError('environment-hangs', { reason: `${timeoutMs / 1000} s` }));
      void worker.terminate();
    }, timeoutMs);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => clearTimeout(timer));
  });
}
