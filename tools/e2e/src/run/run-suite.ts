import { findHelm, type HelmBinary, type HelmMajor } from '@task-api/helm';
import type { ClusterUnderTest } from '../cluster/cluster-under-test.ts';
import { judgeMutation } from '../mutations/judge-mutation.ts';
import type { Mutation } from '../mutations/mutation.ts';
import type { ScenarioReport } from '../report/run-report.ts';
import type { ChartUnderTest } from '../world/chart-under-test.ts';
import type { ProgressLog } from './progress-log.ts';
import { repeatFailed } from './repeat-failed.ts';
import { runInParallel } from './run-in-parallel.ts';
import { defaultDeadlineMs, runScenario } from './run-scenario.ts';
import type { Selected } from './select-scenarios.ts';

export interface SuiteRun {
  readonly cluster: ClusterUnderTest;
  readonly scratch: string;
  readonly isSoak: boolean;
  readonly isKept: boolean;
  /** Whether a scenario that failed gets a second chance, with nothing beside it. */
  readonly isRepeated: boolean;
  readonly progress: ProgressLog;
  readonly signal: AbortSignal;
}

/** One scenario on a chart; when the chart has been broken on purpose, the scenario has to fail. */
export interface SuiteItem extends Selected {
  readonly chart: ChartUnderTest;
  readonly mutation?: Mutation;
}

/** Scenarios at the same time; each has a release of five pods. */
const mostAtOnce = 4;

interface Ran {
  readonly item: SuiteItem;
  readonly report: ScenarioReport;
}

/** Runs scenarios side by side, then, one by one, those that need the cluster for themselves. */
export async function runSuite(items: readonly SuiteItem[], suite: SuiteRun): Promise<readonly ScenarioReport[]> {
  const helms = await findHelms(items);
  const run = async (item: SuiteItem): Promise<Ran> => ({ item, report: await runOrSkip(item, suite, helms) });
  const shared = items.filter(({ scenario }) => scenario.isExclusive !== true).toSorted(longestFirst);
  const exclusive = items.filter(({ scenario }) => scenario.isExclusive === true);
  const ran = [...(await runInParallel(shared, mostAtOnce, run)), ...(await runInParallel(exclusive, 1, run))];
  return runInParallel(ran, 1, (first) => secondChance(first, suite, helms));
}

function secondChance({ item, report }: Ran, suite: SuiteRun, helms: Helms): Promise<ScenarioReport> {
  const isMeant = suite.isRepeated && item.mutation === undefined && !suite.signal.aborted;
  if (!isMeant) return Promise.resolve(report);
  return repeatFailed(report, () => {
    suite.progress.line(`${labelOf(item)} has failed and runs once more, alone`);
    return runItem(item, suite, helms);
  });
}

/** So that no long one is left to run alone at the end. */
function longestFirst(a: SuiteItem, b: SuiteItem): number {
  return deadlineOf(b) - deadlineOf(a);
}

function deadlineOf({ scenario }: SuiteItem): number {
  return scenario.deadlineMs ?? defaultDeadlineMs;
}

type Helms = ReadonlyMap<HelmMajor, HelmBinary>;

async function findHelms(items: readonly SuiteItem[]): Promise<Helms> {
  const majors = [...new Set(items.map(({ helm }) => helm))];
  return new Map(await Promise.all(majors.map(async (major) => [major, await findHelm({ major })] as const)));
}

async function runOrSkip(item: SuiteItem, suite: SuiteRun, helms: Helms): Promise<ScenarioReport> {
  const label = labelOf(item);
  const reason = reasonToSkip(item, suite);
  if (reason === undefined) return runItem(item, suite, helms);
  suite.progress.skipped(label, reason);
  return skipped(item, reason);
}

function reasonToSkip({ scenario }: SuiteItem, { cluster, signal }: SuiteRun): string | undefined {
  if (signal.aborted) return 'the run was interrupted';
  const lacking = (scenario.needs ?? []).filter((need) => cluster.lacks.includes(need));
  return lacking.length === 0 ? undefined : `the cluster lacks: ${lacking.join(', ')}`;
}

async function runItem(item: SuiteItem, suite: SuiteRun, helms: Helms): Promise<ScenarioReport> {
  const { scenario, chart, mutation } = item;
  const label = labelOf(item);
  suite.progress.started(label);
  const seen = await runScenario({
    ...suite,
    scenario,
    chart,
    helm: helms.get(item.helm) ?? (await findHelm({ major: item.helm })),
    ...(mutation === undefined ? {} : { mutation: mutation.name }),
    onStep: (title) => suite.progress.step(label, title),
  });
  const report = mutation === undefined ? seen : judgeMutation(seen, mutation);
  suite.progress.ended(label, report);
  return report;
}

function labelOf({ scenario, helm, mutation }: SuiteItem): string {
  return `${mutation?.name ?? scenario.name} (Helm ${helm})`;
}

function skipped({ scenario, helm, mutation }: SuiteItem, reason: string): ScenarioReport {
  const { name, title } = scenario;
  const now = Date.now();
  const nothing = { steps: [], commands: [], pods: [], loads: [], notes: [], evidence: [] };
  const of = mutation === undefined ? {} : { mutation: mutation.name };
  return { name, title, helm, ...of, status: 'skipped', reason, startedAtMs: now, endedAtMs: now, ...nothing };
}
