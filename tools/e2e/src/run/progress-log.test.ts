import { describe, expect, it } from '@jest/globals';
import picocolors from 'picocolors';
import type { ScenarioReport } from '../report/run-report.ts';
import { progressLog } from './progress-log.ts';

const nothing = { steps: [], commands: [], pods: [], loads: [], notes: [], evidence: [] };
const ran = { name: 'install', title: '', helm: 4, startedAtMs: 0, endedAtMs: 3200, ...nothing } as const;

function written(use: (log: ReturnType<typeof progressLog>) => void): readonly string[] {
  const lines: string[] = [];
  const clock = [0, 1500];
  const now = () => clock.shift() ?? 1500;
  use(progressLog({ write: (line) => lines.push(line), colors: picocolors.createColors(false), now }));
  return lines;
}

describe('progressLog', () => {
  it('begins each line with the time since the start', () => {
    const lines = written((log) => log.step('install (Helm 4)', 'helm install --wait'));
    expect(lines).toEqual(['   1.5 s  · install (Helm 4)             helm install --wait\n']);
  });

  it('says how long a scenario took that passed', () => {
    const report: ScenarioReport = { ...ran, status: 'passed' };
    expect(written((log) => log.ended('install (Helm 4)', report))[0]).toContain('passed in 3.2 s');
  });

  it('shows why a scenario failed, where it failed', () => {
    const report: ScenarioReport = { ...ran, status: 'failed', failure: { message: 'pods: expected 3\nbut it is 2' } };
    const [line] = written((log) => log.ended('install (Helm 4)', report));
    expect(line).toContain('failed after 3.2 s\n            pods: expected 3\n            but it is 2');
  });
});
