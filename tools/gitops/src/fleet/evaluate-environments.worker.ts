import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { isDefinedEnvironment } from '@task-api/values';
import type { EvaluationRequest, EvaluationResult } from './evaluation.ts';
import { findNonData } from './find-non-data.ts';

const dayMs = 24 * 60 * 60 * 1000;
const allowedImport = '@task-api/values';

// evaluate-environments starts this worker with these data.
const requests = workerData as readonly EvaluationRequest[];
const files = new Set(requests.map(({ url }) => url));

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL?.replace(/\?.*$/, '');
    if (parent === undefined || !files.has(parent)) return next(specifier, context);
    if (specifier === allowedImport) return { url: import.meta.resolve(allowedImport), shortCircuit: true };
    throw new Error(`it imports "${specifier}"; allowed is ${allowedImport} and nothing else`);
  },
});

const first = await evaluateAll(1);
moveClock();
const second = await evaluateAll(2);
parentPort?.postMessage([first, second]);

function evaluateAll(round: number): Promise<readonly EvaluationResult[]> {
  return Promise.all(requests.map((request) => evaluate(request, round)));
}

async function evaluate({ url }: EvaluationRequest, round: number): Promise<EvaluationResult> {
  try {
    const exports: { readonly default?: unknown } = await import(`${url}?evaluation=${round}`);
    return describeValue(exports.default);
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'threw', name, message, stack: stack ?? message };
  }
}

function describeValue(value: unknown): EvaluationResult {
  const nonData = findNonData(value);
  if (value !== undefined && nonData !== undefined) return { kind: 'not-data', ...nonData };
  return { kind: 'data', json: JSON.stringify(value), isDefined: isDefinedEnvironment(value) };
}

/** Whoever reads the clock gives another value in the second round. */
function moveClock(): void {
  const RealDate = globalThis.Date;
  globalThis.Date = class extends RealDate {
    constructor(...args: readonly unknown[]) {
      // Date has overloads that a rest parameter cannot follow.
      super(...((args.length === 0 ? [RealDate.now() + dayMs] : args) as [number]));
    }
    static override now() {
      return RealDate.now() + dayMs;
    }
  } as DateConstructor; // nobody calls it without `new`
}
