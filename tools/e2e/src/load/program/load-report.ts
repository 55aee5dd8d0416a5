import type { ExchangeKind } from './load-plan.ts';

export interface LoadFailure {
  readonly atMs: number;
  readonly kind: ExchangeKind;
  /** Whether the request opened a connection or used one that was open. */
  readonly connection: 'new' | 'kept';
  readonly status?: number;
  readonly message: string;
}

export interface LoadSecond {
  readonly atMs: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly medianMs: number;
  readonly slowestMs: number;
}

export interface KindFigures {
  readonly requests: number;
  readonly failed: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** Writes that the service has said yes to. */
export interface Acknowledged {
  readonly tasks: number;
  readonly runs: number;
}

/** What became of everything that the service had said yes to. */
export interface Integrity {
  readonly tasksAcknowledged: number;
  readonly runsAcknowledged: number;
  readonly runsCompleted: number;
  /** Titles of tasks, written directly or by a run, that are not there. */
  readonly lost: readonly string[];
  /** Titles that are there more than once. */
  readonly doubled: readonly string[];
  /** Runs that did not end, ended otherwise than completed, or are not there: id and status, or `missing`. */
  readonly unfinished: readonly string[];
}

/** What a load saw. Requests are never repeated: each failure is one that a user would have seen. */
export interface LoadReport {
  readonly name: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly requests: number;
  readonly failed: number;
  /** Streams that the service asked to follow elsewhere, which is how it drains them. */
  readonly streamsMoved: number;
  readonly byKind: Readonly<Partial<Record<ExchangeKind, KindFigures>>>;
  /** How often each outcome of the cache was seen. */
  readonly cache: Readonly<Record<string, number>>;
  /** The first of them. */
  readonly failures: readonly LoadFailure[];
  readonly seconds: readonly LoadSecond[];
  readonly integrity: Integrity;
}

/** A line that the load prints every second, and the last one with the report. */
export type LoadLine =
  | {
      readonly type: 'progress';
      readonly requests: number;
      readonly failed: number;
      readonly acknowledged: Acknowledged;
    }
  | { readonly type: 'report'; readonly report: LoadReport };
