import { readFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache, registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { EvaluationRequest, EvaluationResult } from './evaluation.ts';
import { findNonData } from './find-non-data.ts';

const dayMs = 24 * 60 * 60 * 1000;
const allowedImport = '@task-api/values';

// evaluate-environments starts this worker with these data.
const requests = workerData as readonly EvaluationRequest[];
const files = new Set(requests.map(({ url }) => url));

// The library is imported from here on, so that it is compiled once for all runs.
enableCompileCache();
const { isDefinedEnvironment } = await import('@task-api/values');

const allowedUrl = import.meta.resolve(allowedImport);
const sources = new Map<string, string>();

registerHooks({
  resolve(specifier, context, next) {
    if (files.has(withoutQuery(specifier))) return { url: specifier, shortCircuit: true };
    if (!files.has(withoutQuery(context.parentURL ?? ''))) return next(specifier, context);
    if (specifier === allowedImport) return { url: allowedUrl, shortCircuit: true };
    throw new Error(`it imports "${specifier}"; allowed is ${allowedImport} and nothing else`);
  },
  load(url, context, next) {
    const file = withoutQuery(url);
    const source = files.has(file) ? readStripped(file) : undefined;
    return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
  },
});

void evaluateTwice();

async function evaluateTwice(): Promise<void> {
  const first = await evaluateAll(1);
  moveClock();
  const second = await evaluateAll(2);
  // Whoever gets the message ends this thread.
  flushCompileCache();
  parentPort?.postMessage([first, second]);
}

/** The text without its types, read once for both evaluations; undefined when Node's own loader is to say what is wrong. */
function readStripped(file: string): string | undefined {
  try {
    const source = sources.get(file) ?? stripTypeScriptTypes(readFileSync(fileURLToPath(file), 'utf8'));
    sources.set(file, source);
    return source;
  } catch {
    return undefined;
  }
}

function withoutQuery(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? url : url.slice(0, start);
}

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
