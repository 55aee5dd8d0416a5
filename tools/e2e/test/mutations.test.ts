import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findHelm, prepareChart } from '@task-api/helm';
import { applyEdits } from '../src/mutations/apply-edits.ts';
import { planMutations } from '../src/mutations/plan-mutations.ts';
import { discoverMutations, discoverScenarios } from '../src/run/discover.ts';
import { readChartUnderTest } from '../src/world/chart-under-test.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'task-api-e2e-test-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('mutations', () => {
  it('fit the chart as it is and name scenarios that exist', async () => {
    const root = join(import.meta.dirname, '../../..');
    const built = await prepareChart({ root, helm: await findHelm(), lane: 'mirror' });
    const chart = await readChartUnderTest(built.directory, built.lane);
    const items = await planMutations(await discoverScenarios(), { chart, scratch, only: [] });
    for (const item of items) expect(item.chart.directory).not.toBe(chart.directory);
  });

  it('leave no scenario out', async () => {
    const ofChart = (await discoverScenarios()).filter(({ subject }) => subject !== 'cluster');
    const scenarios = ofChart.map(({ name }) => name);
    const noticing = (await discoverMutations()).map(({ scenario }) => scenario);
    expect(scenarios.filter((name) => !noticing.includes(name))).toEqual([]);
  });

  it('are refused when the chart no longer has what they edit', async () => {
    await mkdir(join(scratch, 'chart'));
    await writeFile(join(scratch, 'chart', 'values.yaml'), 'delay: 5\n');
    const edit = { file: 'values.yaml', find: 'delay: 9', replace: 'delay: 0' };
    await expect(applyEdits(join(scratch, 'chart'), { name: 'no-drain', edits: [edit] })).rejects.toThrow(
      'mutation no-drain finds delay: 9 nowhere in values.yaml',
    );
    await applyEdits(join(scratch, 'chart'), { name: 'no-drain', edits: [{ ...edit, find: 'delay: 5' }] });
    expect(await readFile(join(scratch, 'chart', 'values.yaml'), 'utf8')).toBe('delay: 0\n');
  });
});
