import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { defineEnvironment, type EnvironmentInput } from '@task-api/values';
import { GitopsError } from '../gitops-error.ts';
import type { EvaluationRequest, EvaluationResult } from './evaluation.ts';

/** Gives the value of one environment.ts, or throws what reading it threw; every call is another evaluation. */
export type Evaluate = () => Promise<unknown>;

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
export async function evaluateEnvironments(
  modules: readonly EnvironmentModule[],
): Promise<ReadonlyMap<string, Evaluate>> {
  const rounds = await runWorker(modules.map(({ path }) => ({ url: pathToFileURL(path).href })));
  return new Map(
    modules.map(({ name }, index) => [
      name,
      replay(
        name,
        rounds.map((round) => round[index]),
      ),
    ]),
  );
}

function replay(name: string, results: readonly (EvaluationResult | undefined)[]): Evaluate {
  const left = [...results];
  const last = left.at(-1);
  return async () => replayOne(name, left.shift() ?? last);
}

function replayOne(name: string, result: EvaluationResult | undefined): unknown {
  if (result === undefined || result.kind === 'threw') throw rebuildError(result);
  if (result.kind === 'not-data') {
    throw new GitopsError('environment-not-data', {
      file: `environments/${name}/environment.ts`,
      path: result.path,
      value: result.found,
    });
  }
  const value: unknown = result.json === undefined ? undefined : JSON.parse(result.json);
  // It was made by defineEnvironment on the other side of the thread; only its mark was lost on the way.
  return result.isDefined ? defineEnvironment(value as EnvironmentInput) : value;
}

/** Errors lose their class between threads; their stack names the line of environment.ts. */
function rebuildError(result: Extract<EvaluationResult, { kind: 'threw' }> | undefined): Error {
  const ErrorClass = result?.name === 'SyntaxError' ? SyntaxError : Error;
  return Object.assign(new ErrorClass(result?.message), result);
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
