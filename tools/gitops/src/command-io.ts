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
  /** Output while a command goes on, such as the logs of what it runs. */
  write(text: string): void;
  /** From now on the command answers Ctrl-C itself: it has something to stop in order. */
  takeOverSignals(): void;
}

/** Tells a waiting person what is being done. */
export interface Progress {
  /** Runs the work below a title; `note` replaces the text beside it. */
  step<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>;
}
