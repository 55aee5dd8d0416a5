import { describe, expect, it } from '@jest/globals';
import { chartReadme, chartSituations, elsewhere } from '../src/scenarios/runbooks/chart-situations.ts';
import { readCommandBlocks } from '../src/scenarios/runbooks/read-command-blocks.ts';
import { runbookPaths } from '../src/scenarios/runbooks/runbook-paths.ts';
import { runbookSituations } from '../src/scenarios/runbooks/runbook-situations.ts';
import { uncoveredBlocks } from '../src/scenarios/runbooks/uncovered-blocks.ts';

const covered = { uncovered: [], unknown: [] };

describe('the command blocks of the documents', () => {
  it('have a situation each in the runbooks, which a scenario brings about', async () => {
    expect(uncoveredBlocks(await readCommandBlocks(runbookPaths), runbookSituations)).toEqual(covered);
  });

  it('have a situation each in the README of the chart, or a reason to have none', async () => {
    const blocks = await readCommandBlocks([chartReadme]);
    expect(uncoveredBlocks(blocks, chartSituations({}), elsewhere)).toEqual(covered);
  });

  it('are missed when nobody executes them, as are situations for blocks that are gone', () => {
    const blocks = [
      { id: 'a.md#known', text: '' },
      { id: 'a.md#new', text: '' },
    ];
    const situations = [{ blocks: ['a.md#known', 'a.md#gone'] }];
    expect(uncoveredBlocks(blocks, situations)).toEqual({ uncovered: ['a.md#new'], unknown: ['a.md#gone'] });
  });
});
