import { describe, expect, it } from '@jest/globals';
import { countTests, type JestReport } from './count-tests.ts';
import type { TaskOutcome } from './run-record.ts';

const green: JestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
};
const task = (id: string, exitCode: number | undefined = 0): TaskOutcome => {
  const [project = '', target = ''] = id.split(':');
  return { id, project, target, exitCode, isCached: false, durationMs: 1, output: '' };
};

describe('countTests', () => {
  it('adds up the tests of all projects, cached ones too', () => {
    const tasks = [task('values:test'), { ...task('helm:test'), isCached: true }, task('values:lint')];
    expect(countTests(tasks, () => green)).toEqual({ passed: 6, failed: 0, skipped: 0, failures: [] });
  });

  it('counts and names failed tests, and files that failed before their first test', () => {
    const assertionResults = ['passed', 'failed', 'failed'].map((status, index) => ({ status, fullName: `t${index}` }));
    const testResults = [
      { name: '/a/one.test.ts', status: 'failed', assertionResults },
      { name: '/a/two.test.ts', status: 'failed', assertionResults: [] },
      { name: '/a/three.test.ts', status: 'passed', assertionResults: assertionResults.slice(0, 1) },
    ];
    const report = { ...green, numFailedTests: 2, numRuntimeErrorTestSuites: 1, numPendingTests: 4, testResults };
    expect(countTests([task('values:test', 1)], () => report)).toEqual({
      passed: 3,
      failed: 3,
      skipped: 4,
      failures: ['values:test: t1', 'values:test: t2', 'values:test: two.test.ts could not be run'],
    });
  });

  it('counts a test task that failed although its report is green', () => {
    expect(countTests([task('values:test', 1)], () => green)).toMatchObject({
      passed: 3,
      failed: 1,
      failures: ['values:test failed with exit code 1'],
    });
  });

  it('counts tests without a report as a failure', () => {
    expect(countTests([task('values:test')], () => undefined)).toMatchObject({
      failed: 1,
      failures: ['values:test left no test results'],
    });
  });

  it('does not count an old report for tests that did not run', () => {
    const skipped = { ...task('values:test'), exitCode: undefined };
    expect(countTests([skipped], () => green)).toMatchObject({
      passed: 0,
      failed: 1,
      failures: ['values:test was not run, because a task it depends on failed'],
    });
  });

  it('counts any other task that failed as one failure', () => {
    expect(countTests([task('values:lint', 1)], () => undefined)).toMatchObject({
      failed: 1,
      failures: ['values:lint failed with exit code 1'],
    });
  });
});
