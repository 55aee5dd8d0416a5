import { describe, expect, it } from '@jest/globals';
import { describeRun, describeTally } from './describe-run.ts';
import type { TaskOutcome } from './run-record.ts';

const task: TaskOutcome = {
  id: 'values:test',
  project: 'values',
  target: 'test',
  exitCode: 0,
  isCached: false,
  durationMs: 2500,
  output: '',
};
const tally = { passed: 5, failed: 0, skipped: 0, failures: [] };

describe('describeRun', () => {
  it('gives the figures of a green run and its slowest tasks', () => {
    const cached = { ...task, id: 'helm:test', project: 'helm', isCached: true };
    expect(describeRun([task, cached], tally, 3000).trim()).toBe(
      '2 tasks of 2 projects, 1 from the cache, in 3.0 s\nslowest: values:test 2.5 s',
    );
  });

  it('shows what a failed task printed', () => {
    const text = describeRun(
      [{ ...task, exitCode: 1, output: 'expected 1, got 2\n' }],
      { ...tally, failed: 1, failures: ['values:test: 1 failed'] },
      3000,
    );
    expect(text).toContain('──── values:test ────\nexpected 1, got 2\n');
    expect(text).toContain('Failed:\n  values:test: 1 failed');
  });
});

describe('describeTally', () => {
  it('is the last line of a run', () => {
    expect(describeTally({ passed: 5, failed: 2 })).toBe('5 passed, 2 failed');
  });
});
