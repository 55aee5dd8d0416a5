import { describe, expect, it } from '@jest/globals';
import type { CommandResult } from '../run/run-program.ts';
import { followProgress } from './follow-progress.ts';
import type { LoadLine } from './program/load-report.ts';

const line: LoadLine = { type: 'progress', requests: 30, failed: 2, acknowledged: { tasks: 5, runs: 3 } };

function follow(stdout: string) {
  const kubectl = async () => ({ command: 'kubectl', exitCode: 0, stdout, stderr: '' }) as CommandResult;
  return followProgress('load', kubectl, new AbortController().signal);
}

describe('followProgress', () => {
  it('tells how many requests there were, and which writes were acknowledged, by the newest line', async () => {
    const progress = follow(JSON.stringify(line));
    await progress.reached(30);
    expect(progress.now()).toMatchObject({ requests: 30, failed: 2, acknowledged: { tasks: 5, runs: 3 } });
  });

  it('has seen nothing before the first line', async () => {
    const progress = follow('');
    await progress.reached(0);
    expect(progress.now()).toEqual({ requests: 0, failed: 0, acknowledged: { tasks: 0, runs: 0 } });
  });
});
