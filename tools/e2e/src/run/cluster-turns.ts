import { E2eError } from '../e2e-error.ts';

/**
 * Waits until every other scenario that is under way has ended or waits here too. From then on nothing else happens on
 * the cluster, until what this returns is called.
 */
export type TakeTurn = (signal: AbortSignal) => Promise<() => void>;

/**
 * Lets scenarios share the cluster, and those that stop nodes have it to themselves for that while: the one that began
 * first before the others.
 */
export class ClusterTurns {
  readonly #newcomers: (() => void)[] = [];
  /** By when the scenario began. */
  readonly #waiting = new Map<number, () => void>();
  #begun = 0;
  #underWay = 0;
  #isTaken = false;

  /** Runs a scenario beside the others; it begins once nobody has the cluster to itself. */
  async share<Value>(scenario: (takeTurn: TakeTurn) => Promise<Value>): Promise<Value> {
    const begun = Promise.withResolvers<void>();
    this.#newcomers.push(begun.resolve);
    this.#settle();
    await begun.promise;
    const place = this.#begun++;
    try {
      return await scenario((signal) => this.#takeTurn(place, signal));
    } finally {
      this.#underWay -= 1;
      this.#settle();
    }
  }

  async #takeTurn(place: number, signal: AbortSignal): Promise<() => void> {
    await this.#wait(place, signal);
    return () => {
      this.#isTaken = false;
      this.#settle();
    };
  }

  async #wait(place: number, signal: AbortSignal): Promise<void> {
    const turn = Promise.withResolvers<void>();
    const giveUp = () => {
      this.#waiting.delete(place);
      turn.reject(new E2eError('stopped', { what: 'a turn alone on the cluster' }, { cause: signal.reason }));
    };
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    else this.#waiting.set(place, turn.resolve);
    this.#settle();
    try {
      await turn.promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  #settle(): void {
    if (this.#isTaken) return;
    this.#underWay += this.#newcomers.length;
    for (const begin of this.#newcomers.splice(0)) begin();
    if (this.#waiting.size === 0 || this.#underWay > this.#waiting.size) return;
    this.#isTaken = true;
    const first = Math.min(...this.#waiting.keys());
    const begin = this.#waiting.get(first);
    this.#waiting.delete(first);
    begin?.();
  }
}
