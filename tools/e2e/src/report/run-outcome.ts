import type { RunReport } from './run-report.ts';

export interface Outcomes {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How many scenarios went which way. */
export function countOutcomes({ scenarios }: Pick<RunReport, 'scenarios'>): Outcomes {
  const count = (wanted: string) => scenarios.filter(({ status }) => status === wanted).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** The last line of a run, for people and for programs. */
export function describeOutcome(report: Pick<RunReport, 'scenarios'>): string {
  const { passed, failed } = countOutcomes(report);
  return `${passed} passed, ${failed} failed`;
}
