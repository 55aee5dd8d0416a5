import type { AnswerUsage } from '../models/answer.ts';

export interface RequestFacts {
  readonly method: string;
  /** The template; undefined when no route fits. */
  readonly route: string | undefined;
  /** How long ago it began. @default just now */
  readonly elapsedMs?: number;
}

export interface RequestSpan {
  /** The request's work belongs to its span. */
  run(work: () => void): void;
  end(status: number): void;
}

export interface RunFacts {
  readonly runId: string;
  readonly sessionId: string;
  readonly attempt: number;
  /** Of the request that ordered the run, in whatever process that was. */
  readonly traceparent: string | undefined;
}

export interface ToolFacts {
  /** One of the known tools, never a name that a model made up. */
  readonly tool: string;
  readonly callId: string;
}

/** What ended a piece of work: `ok` and `completed` are good. */
export type WorkOutcome = string;

/** A span for each request, run, call of the model and call of a tool. Never any content of prompts or answers. */
export interface Tracing {
  /** Undefined while tracing is off: then requests need no hook. */
  readonly startRequest: ((facts: RequestFacts, traceparent: string | undefined) => RequestSpan) | undefined;
  inRun(facts: RunFacts, work: () => Promise<WorkOutcome>): Promise<void>;
  startModelCall(provider: string, model: string): { end(outcome: WorkOutcome, usage?: AnswerUsage): void };
  inTool<Result extends { readonly is_error: boolean }>(facts: ToolFacts, work: () => Promise<Result>): Promise<Result>;
  /** Sends what is left, for a bounded time. */
  close(): Promise<void>;
}

/** Tracing that is off. */
export const noTracing: Tracing = {
  startRequest: undefined,
  inRun: async (_facts, work) => void (await work()),
  startModelCall: () => ({ end: () => undefined }),
  inTool: (_facts, work) => work(),
  close: async () => undefined,
};
