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
  const worker = startWorker(requests);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new GitopsError('environment-hangs', { reason: `${timeoutMs / 1000} s` }));
      void worker.terminate();
    }, timeoutMs);
    worker.once('message', (rounds: Rounds) => {
      resolve(rounds);
      // It would go on for as long as a timer that an environment.ts has left behind.
      void worker.terminate();
    });
    worker.once('error', (cause: Error) => reject(crashed(cause.message, cause.stack)));
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(crashed('it ended the thread that reads it'));
    });
  });
}

/** What an environment.ts prints is kept away from stdout, which belongs to the command's result. */
function startWorker(requests: readonly EvaluationRequest[]): Worker {
  return new Worker(new URL('./evaluate-environments.worker.ts', import.meta.url), {
    workerData: requests,
    env: {},
    stdout: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}

/** For what no `catch` around an import sees: an error in a callback, `process.exit`, a promise that nobody settles. */
function crashed(reason: string, stack = ''): GitopsError {
  const [, file, line] = /(environments\/[^/\s]+\/environment\.ts)(?:\?[^:\s]*)?:(\d+)/.exec(stack) ?? [];
  return new GitopsError('environment-crashes', { reason, ...(file && { file, line: Number(line) }) });
}
