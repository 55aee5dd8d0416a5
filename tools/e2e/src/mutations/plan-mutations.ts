import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { E2eError } from '../e2e-error.ts';
import { discoverMutations } from '../run/discover.ts';
import type { SuiteItem } from '../run/run-suite.ts';
import type { Scenario } from '../scenario.ts';
import { type ChartUnderTest, readChartUnderTest } from '../world/chart-under-test.ts';
import { applyEdits } from './apply-edits.ts';
import type { Mutation } from './mutation.ts';

export interface MutationPlan {
  readonly chart: ChartUnderTest;
  /** Folder for the broken copies of the chart. */
  readonly scratch: string;
  /** Names of mutations; all when none is named. */
  readonly only: readonly string[];
}

/** For each mutation, a broken copy of the chart and the scenario that has to notice. */
export async function planMutations(
  scenarios: readonly Scenario[],
  { chart, scratch, only }: MutationPlan,
): Promise<readonly SuiteItem[]> {
  const mutations = await discoverMutations();
  const names = mutations.map(({ name }) => name);
  for (const value of only)
    if (!names.includes(value)) throw new E2eError('scenario-unknown', { value, allowed: names.join(', ') });
  const wanted = mutations.filter(({ name }) => only.length === 0 || only.includes(name));
  return Promise.all(wanted.map((mutation) => planMutation(mutation, scenarios, { chart, scratch })));
}

async function planMutation(
  mutation: Mutation,
  scenarios: readonly Scenario[],
  { chart, scratch }: Pick<MutationPlan, 'chart' | 'scratch'>,
): Promise<SuiteItem> {
  const scenario = scenarios.find(({ name }) => name === mutation.scenario);
  if (scenario === undefined)
    throw new E2eError('mutation-scenario', { what: mutation.name, value: mutation.scenario });
  const directory = join(scratch, 'mutations', mutation.name, 'task-api');
  await cp(chart.directory, directory, { recursive: true });
  await applyEdits(directory, mutation);
  const { helm = 4 } = mutation;
  return { scenario, helm, chart: await readChartUnderTest(directory, chart.lane), mutation };
}
