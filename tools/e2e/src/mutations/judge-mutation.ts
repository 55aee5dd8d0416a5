import type { ScenarioReport } from '../report/run-report.ts';
import type { Mutation } from './mutation.ts';

/** Turns the outcome around: a scenario that fails, for the right reason, has proved that it can. */
export function judgeMutation(report: ScenarioReport, { failure: pattern }: Pick<Mutation, 'failure'>): ScenarioReport {
  const { status, failure, ...rest } = report;
  if (status === 'skipped') return report;
  if (failure !== undefined && pattern.test(failure.message)) {
    const notes = [...report.notes, { name: 'noticed', value: failure.message }];
    return { ...rest, notes, status: 'passed' };
  }
  const message =
    failure === undefined
      ? 'the scenario passed although the chart is broken; it does not check what it promises'
      : `the scenario failed, but not because of ${pattern}:\n${failure.message}`;
  return { ...rest, status: 'failed', failure: { message } };
}
