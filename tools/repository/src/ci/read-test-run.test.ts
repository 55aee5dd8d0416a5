import { describe, expect, it } from '@jest/globals';
import { judgeSecondRun, readTestRun } from './read-test-run.ts';

const output = (cached: number, tally: string) =>
  `12.0 s  a:test\n\n4 tasks of 2 projects, ${cached} from the cache, in 1.0 s\n${tally}\n`;

describe('readTestRun', () => {
  it('takes over the count', () => {
    expect(readTestRun('npm test', { exitCode: 1, output: output(0, '7 passed, 2 failed') })).toMatchObject({
      passed: 7,
      failed: 2,
    });
  });

  it('takes over the names of what failed, and nothing that a test printed', () => {
    const printed = 'Failed:\n  nothing of ours\n';
    const text = `${printed}\nFailed:\n  a:test: adds\n  b:lint failed with exit code 1\n\n${output(0, '7 passed, 2 failed')}`;
    expect(readTestRun('npm test', { exitCode: 1, output: text }).failures).toEqual([
      'a:test: adds',
      'b:lint failed with exit code 1',
    ]);
  });

  it('tells of what passed at its second attempt only', () => {
    const text =
      'Passed at the second attempt only; the first failed:\n  upgrade (Helm 4): 1 request failed\n\n34 passed, 0 failed\n';
    expect(readTestRun('npm run e2e', { exitCode: 0, output: text })).toMatchObject({
      passed: 34,
      failures: [],
      note: 'at the second attempt only: upgrade (Helm 4): 1 request failed',
    });
  });

  it('counts a run that breaks off as failed', () => {
    expect(readTestRun('npm test', { exitCode: 0, output: '7 passed' })).toMatchObject({
      failed: 1,
      note: 'did not come to its end',
    });
  });

  it('counts an exit code that the count does not explain', () => {
    expect(readTestRun('npm test', { exitCode: 1, output: output(0, '7 passed, 0 failed') })).toMatchObject({
      failed: 1,
    });
  });
});

describe('judgeSecondRun', () => {
  it('passes when everything came from the cache', () => {
    expect(judgeSecondRun('again', { exitCode: 0, output: output(4, '7 passed, 0 failed') })).toMatchObject({
      passed: 1,
      failed: 0,
    });
  });

  it('fails when a task had to run again', () => {
    expect(judgeSecondRun('again', { exitCode: 0, output: output(3, '7 passed, 0 failed') })).toMatchObject({
      failed: 1,
      note: '3 of 4 tasks came from the cache',
    });
  });
});
