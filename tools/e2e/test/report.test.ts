import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { junitReport } from '../src/report/junit-report.ts';
import { renderReport } from '../src/report/render-report.ts';
import { describeOutcome } from '../src/report/run-outcome.ts';
import type { ScenarioReport } from '../src/report/run-report.ts';
import { writeReport } from '../src/report/write-report.ts';
import { sampleRun } from './sample-run.ts';

const page = renderReport(sampleRun);

describe('the report', () => {
  it('says at the top how many scenarios went which way', () => {
    expect(page).toContain('<h1><span class="bad">1 passed, 1 failed, 1 skipped</span></h1>');
    const allPassed = renderReport({ ...sampleRun, scenarios: sampleRun.scenarios.slice(1, 2) });
    expect(allPassed).toContain('<h1><span class="good">1 passed, 0 failed</span></h1>');
  });

  it('draws a bar for each phase of each pod, each command and each step', () => {
    const bars = [...page.matchAll(/<rect class="bar ([a-z-]+)"/g)].map(([, style]) => style);
    const pods = sampleRun.scenarios.flatMap(({ pods }) => pods.flatMap(({ spans }) => spans));
    expect(bars.filter((style) => style === 'ready')).toHaveLength(
      pods.filter(({ phase }) => phase === 'ready').length,
    );
    expect(bars.filter((style) => style === 'command-failed')).toHaveLength(1);
    expect(bars).toHaveLength(pods.length + 2 + 3);
  });

  it('marks the seconds in which requests failed, and no others', () => {
    expect([...page.matchAll(/class="failures"/g)]).toHaveLength(1);
    expect(page).toContain('<title>9 failed</title>');
  });

  it('shows why and in which step a scenario failed', () => {
    expect(page).toContain('in the step “check every write”\nthe requests of load that failed: expected 0 of 2812');
  });

  it('shows text from the cluster as text', () => {
    expect(page).toContain('ready &amp; &lt;well&gt;');
    expect(page).toContain('Error: &lt;none&gt;');
  });

  it('needs nothing from elsewhere', () => {
    expect(page).not.toMatch(/<(script|link|img)\b|url\(|https?:/);
  });

  it('closes with what failed and a line that programs read', () => {
    expect(describeOutcome(sampleRun)).toBe(
      [
        'Failed:',
        '  upgrade (Helm 4): check every write: the requests of load that failed: expected 0 of 2812 at most, but it is 9',
        '',
        '1 passed, 1 failed',
      ].join('\n'),
    );
  });

  it('does not hide that a scenario passed at its second attempt', () => {
    const [, second] = sampleRun.scenarios;
    const repeated = { ...second, firstFailure: { message: '1 of 1212 requests failed' } } as ScenarioReport; // There is a second one.
    expect(describeOutcome({ scenarios: [repeated] })).toMatch(
      /^Passed at the second attempt only; the first failed:\n {2}.*: 1 of 1212 requests failed\n\n1 passed, 0 failed$/,
    );
  });

  it('closes with the count alone when nothing failed', () => {
    expect(describeOutcome({ scenarios: sampleRun.scenarios.slice(1) })).toBe('1 passed, 0 failed');
  });
});

describe('the JUnit report', () => {
  it('has a suite for each Helm, with failures and what was skipped', () => {
    const xml = junitReport(sampleRun);
    expect(xml).toContain('<testsuites tests="3" failures="1" errors="0" skipped="1">');
    expect(xml).toContain('<testsuite name="e2e with Helm 3"');
    expect(xml).toContain('<failure message="the requests of load that failed');
  });
});

describe('writeReport', () => {
  it('writes the page, the data and JUnit', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'task-api-e2e-test-'));
    try {
      const path = await writeReport(sampleRun, directory);
      expect((await readdir(directory)).sort()).toEqual(['junit.xml', 'report.html', 'report.json']);
      expect(await readFile(path, 'utf8')).toBe(page);
      expect(JSON.parse(await readFile(join(directory, 'report.json'), 'utf8'))).toEqual(sampleRun);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
