import type { ExchangeKind } from './load-plan.ts';
import type { KindFigures, LoadFailure, LoadSecond } from './load-report.ts';

export interface Outcome {
  readonly kind: ExchangeKind;
  readonly startedAtMs: number;
  readonly tookMs: number;
  readonly failure?: Omit<LoadFailure, 'kind' | 'atMs'>;
}

export interface Figures {
  readonly requests: number;
  readonly failed: number;
  readonly byKind: Readonly<Partial<Record<ExchangeKind, KindFigures>>>;
  readonly failures: readonly LoadFailure[];
  readonly seconds: readonly LoadSecond[];
}

/** More of them say nothing new. */
const mostFailures = 200;
const secondMs = 1000;

/** Adds up what became of requests. */
export function sumUp(outcomes: readonly Outcome[]): Figures {
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  return {
    requests: outcomes.length,
    failed: failed.length,
    byKind: Object.fromEntries(
      Object.entries(Object.groupBy(outcomes, ({ kind }) => kind)).map(([kind, ofKind]) => [kind, figuresOf(ofKind)]),
    ),
    failures: failed.flatMap(toFailure).slice(0, mostFailures),
    seconds: secondsOf(outcomes),
  };
}

function toFailure({ kind, startedAtMs, tookMs, failure }: Outcome): readonly LoadFailure[] {
  return failure === undefined ? [] : [{ atMs: startedAtMs + tookMs, kind, ...failure }];
}

function figuresOf(outcomes: readonly Outcome[]): KindFigures {
  const times = outcomes.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return {
    requests: outcomes.length,
    failed: outcomes.filter(({ failure }) => failure !== undefined).length,
    medianMs: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
  };
}

/** A failure is counted in the second in which it showed. */
function secondsOf(outcomes: readonly Outcome[]): readonly LoadSecond[] {
  const bySecond = Map.groupBy(outcomes, ({ startedAtMs, tookMs }) => Math.floor((startedAtMs + tookMs) / secondMs));
  return [...bySecond].sort(([a], [b]) => a - b).map(([second, ended]) => secondOf(second * secondMs, ended));
}

function secondOf(atMs: number, ended: readonly Outcome[]): LoadSecond {
  const times = ended.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const failed = ended.filter(({ failure }) => failure !== undefined).length;
  return {
    atMs,
    succeeded: ended.length - failed,
    failed,
    medianMs: quantile(times, 0.5),
    slowestMs: Math.round(times.at(-1) ?? 0),
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
