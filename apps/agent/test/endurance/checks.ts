import { isDeepStrictEqual } from 'node:util';

export interface Check {
  readonly claim: string;
  readonly isGood: boolean;
  /** What was found, and for a failure what was expected. */
  readonly detail: string;
}

/** Collects what was found against what was claimed, so that one failure does not hide the next. */
export class Checks {
  readonly #results: Check[] = [];
  readonly #onCheck: (check: Check) => void;

  constructor(onCheck: (check: Check) => void = () => undefined) {
    this.#onCheck = onCheck;
  }

  get results(): readonly Check[] {
    return this.#results;
  }

  equal(claim: string, actual: unknown, expected: unknown): void {
    this.#add({ claim, isGood: isDeepStrictEqual(actual, expected) }, actual, `expected ${shown(expected)}`);
  }

  atLeast(claim: string, actual: number, least: number): void {
    this.#add({ claim, isGood: actual >= least }, actual, `at least ${least} expected`);
  }

  atMost(claim: string, actual: number, most: number): void {
    this.#add({ claim, isGood: actual <= most }, actual, `at most ${most} expected`);
  }

  #add({ claim, isGood }: Omit<Check, 'detail'>, actual: unknown, expectation: string): void {
    const check = { claim, isGood, detail: isGood ? shown(actual) : `${shown(actual)}; ${expectation}` };
    this.#results.push(check);
    this.#onCheck(check);
  }
}

const longestShown = 3000;

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, longestShown);
}
