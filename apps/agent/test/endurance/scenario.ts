import type { Checks } from './checks.ts';

/** What a scenario gets to work with. */
export interface EnduranceRun {
  /** The given number at full length; less when a shorter run was asked for. */
  scaled(count: number): number;
  readonly checks: Checks;
  /** Prints a figure beside the checks. */
  figure(name: string, value: string | number): void;
}

/** Something that takes too long for `npm test`. A file in `scenarios` is all the registration there is. */
export interface Endurance {
  readonly name: string;
  /** What it does to the agent, in a sentence. */
  readonly title: string;
  /** Says why it cannot run on this machine. @default it can */
  readonly unavailable?: () => Promise<string | undefined>;
  run(run: EnduranceRun): Promise<void>;
}
