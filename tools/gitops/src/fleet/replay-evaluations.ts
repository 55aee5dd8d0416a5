import { defineEnvironment, type EnvironmentInput } from '@task-api/values';
import { GitopsError } from '../gitops-error.ts';
import type { EvaluationResult } from './evaluation.ts';

/** Gives the value of one environment.ts, or throws what reading it threw; every call is another evaluation. */
export type Evaluate = () => Promise<unknown>;

/** Answers each call with the next of the results. */
export function replay(name: string, results: readonly EvaluationResult[]): Evaluate {
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
