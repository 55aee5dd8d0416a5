import { findHelm, type HelmBinary, type HelmMajor } from '@task-api/helm';
import type { ClusterUnderTest } from '../cluster/cluster-under-test.ts';
import { judgeMutation } from '../mutations/judge-mutation.ts';
import type { Mutation } from '../mutations/mutation.ts';
import type { ScenarioReport } from '../report/run-report.ts';
import type { ChartUnderTest } from '../world/chart-under-test.ts';
import { ClusterTurns } from './cluster-turns.ts';
import { inOrder } from './in-order.ts';
import type { ProgressLog } from './progress-log.ts';
import { repeatFailed } from './repeat-failed.ts';
import { runInParallel } from './run-in-parallel.ts';
import { runScenario } from './run-scenario.ts';
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
const mostAtOnce = 5;

interface Ran {
  readonly item: SuiteItem;
  readonly report: ScenarioReport;
}

/** Runs scenarios side by side. */
export async function runSuite(items: readonly SuiteItem[], options: SuiteRun): Promise<readonly ScenarioReport[]> {
  const suite = { ...options, helms: await findHelms(items), turns: new ClusterTurns() };
  const run = async (item: SuiteItem): Promise<Ran> => ({ item, report: await runOrSkip(item, suite) });
  const ordered = items.toSorted((one, other) => inOrder(one.scenario, other.scenario));
  const ran = await runInParallel(ordered, mostAtOnce, run);
  return runInParallel(ran, 1, (first) => secondChance(first, suite));
}

function secondChance({ item, report }: Ran, suite: Suite): Promise<ScenarioReport> {
  const isMeant = suite.isRepeated && item.mutation === undefined && !suite.signal.aborted;
  if (!isMeant) return Promise.resolve(report);
  return repeatFailed(report, () => {
    suite.progress.line(`${labelOf(item)} has failed and runs once more, alone`);
    return runItem(item, suite);
  });
}

interface Suite extends SuiteRun {
  readonly helms: ReadonlyMap<HelmMajor, HelmBinary>;
  readonly turns: ClusterTurns;
}

async function findHelms(items: readonly SuiteItem[]): Promise<Suite['helms']> {
  const majors = [...new Set(items.map(({ helm }) => helm))];
  return new Map(await Promise.all(majors.map(async (major) => [major, await findHelm({ major })] as const)));
}

async function runOrSkip(item: SuiteItem, suite: Suite): Promise<ScenarioReport> {
  const label = labelOf(item);
  const reason = reasonToSkip(item, suite);
  if (reason === undefined) return runItem(item, suite);
  suite.progress.skipped(label, reason);
  return skipped(item, reason);
}

function reasonToSkip({ scenario }: SuiteItem, { cluster, signal }: SuiteRun): string | undefined {
  if (signal.aborted) return 'the run was interrupted';
  const lacking = (scenario.needs ?? []).filter((need) => cluster.lacks.includes(need));
  return lacking.length === 0 ? undefined : `the cluster lacks: ${lacking.join(', ')}`;
}

function runItem(item: SuiteItem, suite: Suite): Promise<ScenarioReport> {
  const { mutation } = item;
  const label = labelOf(item);
  return suite.turns.share(async (takeTurn) => {
    suite.progress.started(label);
    const seen = await runScenario({
      ...suite,
      ...item,
      takeTurn,
      helm: suite.helms.get(item.helm) ?? (await findHelm({ major: item.helm })),
      onStep: (title) => suite.progress.step(label, title),
    });
    const report = mutation === undefined ? seen : judgeMutation(seen, mutation);
    suite.progress.ended(label, report);
    return report;
  });
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
