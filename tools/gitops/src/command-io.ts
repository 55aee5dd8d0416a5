import type { Report } from './report/report.ts';

/** What a command may touch besides the checkout. Tests pass a temporary root and collect the reports. */
export interface CommandIo {
  /** Absolute path of the checkout. */
  readonly root: string;
  /** Where Helm's path, the lane and the caches may be set. */
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** Shows the outcome: called once by each command. */
  report(report: Report): void;
}

/** Tells a waiting person what is being done. */
export interface Progress {
  /** Runs the work below a title; `note` replaces the text beside it. */
  step<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>;
}
