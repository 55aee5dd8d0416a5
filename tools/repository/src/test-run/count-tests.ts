import { basename } from 'node:path';
import type { TaskOutcome } from './run-record.ts';

/** The parts of jest's report that are counted. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  /** Files that failed before their first test. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly TestFileReport[];
}

export interface TestFileReport {
  /** Absolute path. */
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, one line each. */
  readonly failures: readonly string[];
}

/** What jest reported about a project's tests; undefined when there is no report. */
export type FindReport = (project: string) => JestReport | undefined;

/**
 * Counts tests, not tasks. A task that failed counts as one failure, a failed test task as its failed tests, and
 * tests that left no report as a failure: nothing may turn green by not being counted.
 */
export function countTests(tasks: readonly TaskOutcome[], findReport: FindReport): Tally {
  return tasks.map((task) => countTask(task, findReport)).reduce(add, nothing);
}

const nothing: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

function countTask(task: TaskOutcome, findReport: FindReport): Tally {
  return task.target === 'test' ? countTestTask(task, findReport(task.project)) : countOtherTask(task);
}

function countOtherTask({ id, exitCode }: TaskOutcome): Tally {
  return exitCode === 0 ? nothing : { ...nothing, failed: 1, failures: [`${id} ${howItEnded(exitCode)}`] };
}

function countTestTask(task: TaskOutcome, report: JestReport | undefined): Tally {
  if (report === undefined || task.exitCode === undefined) return unreported(task);
  const { numPassedTests: passed, numPendingTests: skipped } = report;
  const reported = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const failed = task.exitCode === 0 ? reported : Math.max(reported, 1);
  return { passed, failed, skipped, failures: failed === 0 ? [] : nameFailures(task, report) };
}

function nameFailures({ id, exitCode }: TaskOutcome, { testResults }: JestReport): readonly string[] {
  const names = testResults.filter(({ status }) => status === 'failed').flatMap(namesIn);
  return names.length === 0 ? [`${id} ${howItEnded(exitCode)}`] : names.map((name) => `${id}: ${name}`);
}

/** A file that failed before its first test has no other name. */
function namesIn({ name, assertionResults }: TestFileReport): readonly string[] {
  const failed = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  return failed.length === 0 ? [`${basename(name)} could not be run`] : failed;
}

function unreported({ id, exitCode }: TaskOutcome): Tally {
  const reason = exitCode === 0 ? 'left no test results' : howItEnded(exitCode);
  return { ...nothing, failed: 1, failures: [`${id} ${reason}`] };
}

function howItEnded(exitCode: number | undefined): string {
  return exitCode === undefined
    ? 'was not run, because a task it depends on failed'
    : `failed with exit code ${exitCode}`;
}
