import { describe, expect, it } from '@jest/globals';
import { completeTally } from './complete-tally.ts';

const green = { passed: 3, failed: 0, skipped: 0, failures: [] };

describe('completeTally', () => {
  it('leaves a run alone that tells everything', () => {
    expect(completeTally(green, { command: 'run-many', taskCount: 2, exitCode: 0 })).toBe(green);
  });

  it('fails when nx did without saying which task', () => {
    expect(completeTally(green, { command: 'run-many', taskCount: 2, exitCode: 1 })).toMatchObject({
      failed: 1,
      failures: ['nx failed with exit code 1'],
    });
  });

  it('fails when everything was asked for and nothing ran', () => {
    expect(completeTally(green, { command: 'run-many', taskCount: 0, exitCode: 0 }).failures).toEqual([
      'nx ran no task',
    ]);
  });

  it('accepts that a change affects nothing', () => {
    expect(completeTally(green, { command: 'affected', taskCount: 0, exitCode: 0 })).toBe(green);
  });
});
