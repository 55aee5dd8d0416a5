import type { Tally } from './count-tests.ts';

export interface NxEnd {
  /** `run-many` or `affected`. */
  readonly command: string;
  readonly taskCount: number;
  readonly exitCode: number;
}

/** Adds what the tasks cannot tell: that Nx failed without a task that did, or had nothing to run although everything was asked for. */
export function completeTally(tally: Tally, { command, taskCount, exitCode }: NxEnd): Tally {
  if (tally.failed > 0) return tally;
  if (exitCode !== 0) return addFailure(tally, `nx failed with exit code ${exitCode}`);
  return command === 'affected' || taskCount > 0 ? tally : addFailure(tally, 'nx ran no task');
}

function addFailure(tally: Tally, failure: string): Tally {
  return { ...tally, failed: tally.failed + 1, failures: [...tally.failures, failure] };
}
