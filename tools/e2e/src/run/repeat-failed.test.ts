import { describe, expect, it } from '@jest/globals';
import type { ScenarioReport } from '../report/run-report.ts';
import { repeatFailed } from './repeat-failed.ts';

const nothing = { steps: [], commands: [], pods: [], loads: [], notes: [], evidence: [] };
const passed: ScenarioReport = {
  ...{ name: 'upgrade', title: '', helm: 4, startedAtMs: 0, endedAtMs: 1, status: 'passed' },
  ...nothing,
};
const failed: ScenarioReport = { ...passed, status: 'failed', failure: { message: '1 request failed' } };

async function attempts(first: ScenarioReport, second: ScenarioReport) {
  let count = 1;
  const report = await repeatFailed(first, async () => {
    count += 1;
    return second;
  });
  return { count, report };
}

describe('repeatFailed', () => {
  it('lets the second attempt count, and does not hide the first', async () => {
    const { report } = await attempts(failed, passed);
    expect(report.status).toBe('passed');
    expect(report.notes).toEqual([{ name: 'the first attempt failed', value: '1 request failed' }]);
  });

  it('fails when both attempts did', async () => {
    expect((await attempts(failed, failed)).report.status).toBe('failed');
  });

  it('runs nothing again that passed', async () => {
    expect((await attempts(passed, failed)).count).toBe(1);
  });
});
