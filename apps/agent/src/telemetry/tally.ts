import { Counter, type Registry } from 'prom-client';

export interface TallyOptions {
  readonly name: string;
  readonly help: string;
  /** One. */
  readonly labelNames: readonly string[];
  readonly registers: Registry[];
}

/** A counter that nearly every request counts up: a number for each value of its label, told when it is scraped. */
export class Tally {
  readonly #counts = new Map<string, number>();

  constructor(options: TallyOptions) {
    const counts = this.#counts;
    new Counter({
      ...options,
      collect() {
        this.reset();
        for (const [value, count] of counts) this.labels(value.toLowerCase()).inc(count);
      },
    });
  }

  count(value: string): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }
}
