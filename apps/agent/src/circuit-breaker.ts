export interface BreakerOptions {
  /** Consecutive failures that open the breaker. */
  readonly threshold: number;
  /**
   * Milliseconds over which they must have come: a process that was stopped for a moment, by a garbage collection or
   * its CPU limit, times out on all its calls at once. @default 0
   */
  readonly lastingMs?: number;
  /** Milliseconds for which it stays open before one call may try again. */
  readonly pauseMs: number;
  readonly now: () => number;
  /** Told once per change, never per call. */
  readonly onChange: (state: BreakerState) => void;
}

export type BreakerState = 'closed' | 'open';

/** Stops calling a dependency that keeps failing; one trial call after each pause decides whether it is back. */
export class CircuitBreaker {
  readonly #options: BreakerOptions;
  #failures = 0;
  #firstFailureAt = 0;
  #retryAt = 0;
  #state: BreakerState = 'closed';

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Whether a call may be made now. While open, one caller per pause gets true: the trial. */
  admits(): boolean {
    if (this.#state === 'closed') return true;
    if (this.#options.now() < this.#retryAt) return false;
    this.#retryAt = this.#options.now() + this.#options.pauseMs;
    return true;
  }

  succeed(): void {
    this.#failures = 0;
    this.#move('closed');
  }

  fail(): void {
    const { threshold, lastingMs = 0, pauseMs, now } = this.#options;
    if (this.#failures === 0) this.#firstFailureAt = now();
    this.#failures += 1;
    if (this.#failures < threshold || now() - this.#firstFailureAt < lastingMs) return;
    this.#retryAt = now() + pauseMs;
    this.#move('open');
  }

  #move(state: BreakerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onChange(state);
  }
}
