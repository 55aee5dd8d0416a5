import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { describe, expect, it } from '@jest/globals';
import picocolors from 'picocolors';
import type { ScenarioReport } from '../report/run-report.ts';
import { type LiveProgress, liveProgress } from './live-progress.ts';

const nothing = { steps: [], commands: [], pods: [], loads: [], notes: [], evidence: [] };
const ran: ScenarioReport = {
  ...{ name: 'install', title: '', helm: 4, startedAtMs: 0, endedAtMs: 3200, status: 'passed' },
  ...nothing,
};

/** What is written to a terminal of 100 columns. */
function written(use: (progress: LiveProgress) => void): string {
  const terminal = Object.assign(new PassThrough(), { columns: 100, rows: 30, isTTY: true });
  // log-update asks a terminal for no more than its size.
  const stream = terminal as unknown as WriteStream;
  const progress = liveProgress({ stream, colors: picocolors.createColors(false), now: () => 0 });
  use(progress);
  progress.stop();
  return String(terminal.read());
}

describe('liveProgress', () => {
  it('shows what every running scenario is at', () => {
    const text = written((progress) => {
      progress.started('install (Helm 4)');
      progress.started('upgrade (Helm 3)');
      progress.step('install (Helm 4)', 'helm install --wait');
    });
    expect(text).toMatch(/▶ install \(Helm 4\) {13}helm install --wait\n.*▶ upgrade \(Helm 3\) {13}begins/);
  });

  it('leaves a line of what has ended, and no longer draws it', () => {
    const text = written((progress) => {
      progress.started('install (Helm 4)');
      progress.ended('install (Helm 4)', ran);
    });
    const [, afterEnd = ''] = text.split('passed in 3.2 s\n');
    expect(text).toContain('✔ install (Helm 4)');
    expect(afterEnd).not.toContain('install');
  });
});
