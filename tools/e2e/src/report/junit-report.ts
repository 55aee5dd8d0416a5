import junit, { type Builder } from 'junit-report-builder';
import type { RunReport, ScenarioReport } from './run-report.ts';

// The package says `export default` in its types, but it is CommonJS that exports the builder itself.
const builder = junit as unknown as Builder;

/** The run as JUnit XML, a suite for each major of Helm. */
export function junitReport({ scenarios }: Pick<RunReport, 'scenarios'>): string {
  const report = builder.newBuilder();
  for (const [helm, ofMajor] of Map.groupBy(scenarios, (scenario) => scenario.helm)) {
    const suite = report.testSuite().name(`e2e with Helm ${helm}`);
    for (const scenario of ofMajor) describeCase(suite.testCase(), scenario);
  }
  return report.build();
}

type TestCase = ReturnType<ReturnType<Builder['testSuite']>['testCase']>;

function describeCase(testCase: TestCase, scenario: ScenarioReport): void {
  const { name, mutation, helm, status, failure, startedAtMs, endedAtMs } = scenario;
  testCase
    .className(`e2e.helm${helm}`)
    .name(mutation === undefined ? name : `${mutation} → ${name}`)
    .time((endedAtMs - startedAtMs) / 1000);
  if (status === 'skipped') testCase.skipped();
  if (status === 'failed' && failure !== undefined) testCase.failure(failure.message);
}
