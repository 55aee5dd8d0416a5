import { checkEqual, checkThat } from '../check.ts';
import type { Acknowledged, LoadFailure, LoadReport } from './program/load-report.ts';

export interface LoadExpectation {
  /** Requests that may fail: 0 where the service has to be without a gap. @default 0 */
  readonly mostFailed?: number;
  /** Requests that make the result mean something. @default 1 */
  readonly fewestRequests?: number;
  /** Acknowledged writes that make their check mean something. @default none */
  readonly fewestWrites?: Acknowledged;
}

const none: Acknowledged = { tasks: 0, runs: 0 };

/** Judges a load: no failed request (or as few as allowed), and nothing acknowledged that was lost, doubled or left undone. */
export function checkLoad(report: LoadReport, expectation: LoadExpectation = {}): void {
  const { mostFailed = 0, fewestRequests = 1, fewestWrites = none } = expectation;
  const { requests, failed, failures } = report;
  checkThat(requests >= fewestRequests, `the requests of ${report.name}`, {
    expected: `${fewestRequests} at least`,
    actual: requests,
  });
  checkThat(failed <= mostFailed, `the requests of ${report.name} that failed`, {
    expected: `${mostFailed} of ${requests} at most`,
    actual: `${failed}:\n${describeFailures(failures)}`,
  });
  checkIntegrity(report, fewestWrites);
}

/** How often each failure was seen, the most frequent first; ids of requests make no difference. */
function describeFailures(failures: readonly LoadFailure[]): string {
  const alike = Map.groupBy(failures, ({ status, message }) => `${status ?? 'no answer'}, ${withoutIds(message)}`);
  return [...alike]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([text, found]) => `  ${found.length} × ${text} (${[...new Set(found.map(({ kind }) => kind))].join(', ')})`)
    .join('\n');
}

function withoutIds(message: string): string {
  return message.replace(/,?"request_id":"[^"]*"/, '').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…');
}

/** Judges what became of acknowledged writes alone, where requests are expected to fail. */
export function checkIntegrity({ name, integrity }: LoadReport, fewest: Acknowledged): void {
  const { lost, doubled, unfinished, tasksAcknowledged, runsAcknowledged, runsCompleted } = integrity;
  checkEqual(lost, [], `acknowledged writes of ${name} that were lost`);
  checkEqual(doubled, [], `writes of ${name} that happened more than once`);
  checkEqual(unfinished, [], `runs of ${name} that did not complete`);
  checkEqual(runsCompleted, runsAcknowledged, `completed runs of ${name}`);
  checkAcknowledged({ tasks: tasksAcknowledged, runs: runsAcknowledged }, fewest, `acknowledged writes of ${name}`);
}

/** Refuses when too few writes were acknowledged: of none, none can be lost. */
export function checkAcknowledged(actual: Acknowledged, fewest: Acknowledged, what: string): void {
  checkThat(actual.tasks >= fewest.tasks && actual.runs >= fewest.runs, what, {
    expected: `${describeWrites(fewest)} at least`,
    actual: describeWrites(actual),
  });
}

function describeWrites({ tasks, runs }: Acknowledged): string {
  return `${tasks} tasks and ${runs} runs`;
}
