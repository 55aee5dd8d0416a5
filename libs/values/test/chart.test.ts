import { describe, expect, it } from '@jest/globals';
import { leavesOf } from '../src/leaves.ts';
import type { Values } from '../src/merge-values.ts';
import { tiers } from '../src/tiers.ts';
import { readChart } from './read-chart.ts';

const chart = readChart();

describe('the chart of this repository', () => {
  it.each(Object.entries(tiers))('knows every value of tier %s', (_, values) => {
    expect(chart.checks.ofLayer(values as Values)).toEqual([]); // typed by the same schema
  });

  it('sets nothing to null below the root, where Helm 3 and 4 differ', () => {
    expect(leavesOf(chart.values).filter(({ path, value }) => value === null && path.length > 1)).toEqual([]);
  });
});
