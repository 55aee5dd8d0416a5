import { Connection } from './connection.ts';
import type { LoadPlan, LoadResult } from './load-request.ts';
import { percentile } from './percentile.ts';

/** Keeps every connection of the plan busy with one request after the other, and says how that went. */
export async function applyLoad(plan: LoadPlan, nextRequest: () => string): Promise<LoadResult> {
  const tally = new Tally(plan, nextRequest);
  const connections = await Promise.all(
    Array.from({ length: plan.connections }, () => Connection.open(plan.host, plan.port)),
  );
  tally.start();
  await Promise.all(connections.map((connection) => drive(connection, tally)));
  const result = tally.result();
  for (const connection of connections) connection.close();
  return result;
}

/** A connection that the server cut is out of the game; the result tells that it was. */
async function drive(connection: Connection, tally: Tally): Promise<void> {
  for (let text = tally.next(); text !== undefined; text = tally.next()) {
    const startedAtMs = performance.now();
    try {
      const { status, cache } = await connection.exchange(text);
      tally.count(`${status} ${cache}`.trim(), performance.now() - startedAtMs);
    } catch {
      return tally.count('cut', performance.now() - startedAtMs);
    }
  }
}

class Tally {
  readonly #write: () => string;
  readonly #durationMs: number;
  readonly #outcomes: Record<string, number> = {};
  readonly #latenciesMs: number[] = [];
  #remaining: number;
  #startedAtMs = 0;

  constructor(
    { durationMs = Number.POSITIVE_INFINITY, requests = Number.POSITIVE_INFINITY }: LoadPlan,
    nextRequest: () => string,
  ) {
    this.#write = nextRequest;
    this.#durationMs = durationMs;
    this.#remaining = requests;
  }

  start(): void {
    this.#startedAtMs = performance.now();
  }

  /** Text of the next request; undefined when the plan is fulfilled. */
  next(): string | undefined {
    const isOver = this.#remaining <= 0 || performance.now() - this.#startedAtMs >= this.#durationMs;
    if (isOver) return undefined;
    this.#remaining -= 1;
    return this.#write();
  }

  count(outcome: string, latencyMs: number): void {
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1;
    this.#latenciesMs.push(latencyMs);
  }

  result(): LoadResult {
    return {
      requests: this.#latenciesMs.length,
      elapsedMs: performance.now() - this.#startedAtMs,
      outcomes: this.#outcomes,
      p50Ms: percentile(this.#latenciesMs, 0.5),
      p99Ms: percentile(this.#latenciesMs, 0.99),
    };
  }
}
