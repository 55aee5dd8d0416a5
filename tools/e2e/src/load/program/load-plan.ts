/** What a load shall do; the plan travels to the pod as JSON. */
export interface LoadPlan {
  /** Goes into every title that is written, so that loads of one namespace do not count each other's. */
  readonly name: string;
  readonly baseUrl: string;
  readonly requestsPerSecond: number;
  /** Requests under way at the same time, at most. */
  readonly workers: number;
  /** Shares of the kinds of requests, as whole numbers. */
  readonly mix: Readonly<Partial<Record<ExchangeKind, number>>>;
  /** How long the check after the load may wait for the service, and for runs to end. */
  readonly verifyDeadlineMs: number;
  readonly requestTimeoutMs: number;
}

export const exchangeKinds = ['list', 'read', 'create', 'chat', 'chat-stream', 'run', 'run-stream'] as const;

/** `run` is in the background, `run-stream` is followed to its end. */
export type ExchangeKind = (typeof exchangeKinds)[number];
