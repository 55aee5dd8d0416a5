import type { Failure, RunReport, ScenarioReport } from './run-report.ts';

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

/** The end of a run, for people and for programs: what failed, a line each, and the line that counts. */
export function describeOutcome(report: Pick<RunReport, 'scenarios'>): string {
  const { passed, failed } = countOutcomes(report);
  const failures = report.scenarios.flatMap((one) =>
    one.status === 'failed' ? describeFailure(one, one.failure) : [],
  );
  const repeated = report.scenarios.flatMap((one) =>
    one.status === 'passed' && one.firstFailure ? describeFailure(one, one.firstFailure) : [],
  );
  return [
    ...list('Passed at the second attempt only; the first failed:', repeated),
    ...list('Failed:', failures),
    `${passed} passed, ${failed} failed`,
  ].join('\n');
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}

function describeFailure({ name, mutation, helm }: ScenarioReport, failure: Failure | undefined): string {
  const { step = '', message = 'no reason given' } = failure ?? {};
  const [reason] = message.split('\n');
  return `  ${mutation ?? name} (Helm ${helm}): ${step === '' ? reason : `${step}: ${reason}`}`;
}
