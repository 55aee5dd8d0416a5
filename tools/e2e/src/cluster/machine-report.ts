import type { ScenarioReport } from '../report/run-report.ts';

export interface MachineFinding {
  readonly name: string;
  readonly title: string;
  readonly startedAtMs: number;
  /** What is not as it should be; empty is well. */
  readonly problems: readonly string[];
}

/** A finding about the machine itself, in the form of a scenario. */
export function machineReport({ problems, ...finding }: MachineFinding): ScenarioReport {
  const message = `the cluster has left this machine changed:\n${problems.join('\n')}`;
  return {
    ...finding,
    helm: 4,
    ...(problems.length === 0 ? { status: 'passed' } : { status: 'failed', failure: { message } }),
    endedAtMs: Date.now(),
    ...{ steps: [], commands: [], pods: [], loads: [], notes: [], evidence: [] },
  };
}
