import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findHelm, type PreparedChart, renderChart } from '@task-api/helm';
import { dependencyLanes, type ReleaseFacts, releaseFacts } from '@task-api/helm/testing';
import { agentValues, type ContractRow, contract, longestReleaseName, mirrorExtras } from './contract.ts';

const root = join(import.meta.dirname, '../../../..');
const helm = await findHelm();
const lanes = await dependencyLanes({ root, helm, name: 'postgresql' });
const { mirror, upstream } = lanes;

describe.each(upstream ? [mirror, upstream] : [mirror])('the $lane chart', (chart) => {
  it.each(contract)('$promise', async (row) => {
    expect(await factsOf(chart, row)).toMatchObject(row.facts);
  });

  it.each(['standalone', 'replication'] as const)(
    'keeps names apart up to the longest release, %s',
    async (architecture) => {
      const longest = longestReleaseName[architecture];
      const namesWith = async (length: number) =>
        (await factsOf(chart, { release: 'r'.repeat(length), values: { architecture } })).objects;
      const [fitting, cut] = [await namesWith(longest), await namesWith(longest + 2)];
      expect(new Set(fitting).size).toBe(fitting.length);
      expect(new Set(cut).size).toBeLessThan(cut.length);
    },
  );
});

describe('the mirror chart beyond the contract', () => {
  it.each(mirrorExtras)('$promise', async (row) => {
    expect(await factsOf(mirror, row)).toMatchObject(row.facts);
  });
});

if (upstream) {
  describe('a live release that changes from the real chart to its mirror', () => {
    it.each(contract)('finds every fact as it was where the chart $promise', async (row) => {
      expect(await factsOf(mirror, row)).toEqual(await factsOf(upstream, row));
    });
  });
}

async function factsOf(
  chart: PreparedChart,
  { release = 'task-api', values = {} }: Pick<ContractRow, 'release' | 'values'>,
): Promise<ReleaseFacts> {
  const texts = [agentValues, values].map((layer) => JSON.stringify(layer));
  const request = { chart, releaseName: release, namespace: 'agents', values: texts };
  return releaseFacts((await renderChart(helm, request)).manifest);
}
