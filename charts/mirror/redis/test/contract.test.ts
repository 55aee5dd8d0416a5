import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findHelm, type PreparedChart, renderChart } from '@task-api/helm';
import { dependencyLanes, type ReleaseFacts, releaseFacts } from '@task-api/helm/testing';
import { agentValues, type ContractRow, contract, mirrorExtras } from './contract.ts';

const root = join(import.meta.dirname, '../../../..');
const helm = await findHelm();
const lanes = await dependencyLanes({ root, helm, name: 'redis' });
const { mirror, upstream } = lanes;

describe.each(upstream ? [mirror, upstream] : [mirror])('the $lane chart', (chart) => {
  it.each(contract)('$promise', async (row) => {
    expect(await factsOf(chart, row)).toMatchObject(row.facts);
  });
});

describe('the mirror chart beyond the contract', () => {
  it.each(mirrorExtras)('$promise', async (row) => {
    expect(await factsOf(mirror, row)).toMatchObject(row.facts);
  });
});

if (upstream) {
  describe('a live release that changes from the real chart to its mirror', () => {
    it.each(contract)('finds every fact as it was where the chart $promise', async (row) => {
      expect(withoutExtras(await factsOf(mirror, row))).toEqual(withoutExtras(await factsOf(upstream, row)));
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

/** Replicas of the real chart have no folder for temporary files. */
function withoutExtras(facts: ReleaseFacts): unknown {
  const isExtra = (value: unknown) => value === '/tmp';
  const drop = (_: string, value: unknown) => (Array.isArray(value) ? value.filter((item) => !isExtra(item)) : value);
  return JSON.parse(JSON.stringify(facts, drop));
}
