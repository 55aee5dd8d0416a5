import { join } from 'node:path';
import { requireHost, withClusterToItself } from '@task-api/cluster';
import { findHelm, prepareChart } from '@task-api/helm';
import { type BroughtImages, bringImages } from './cluster/bring-images.ts';
import type { ClusterUnderTest } from './cluster/cluster-under-test.ts';
import { openTarget, type TargetOptions } from './cluster/open-target.ts';
import { rehearse } from './cluster/rehearse.ts';
import { planMutations } from './mutations/plan-mutations.ts';
import { describeEnvironment } from './report/describe-environment.ts';
import type { RunReport, ScenarioReport } from './report/run-report.ts';
import { writeReport } from './report/write-report.ts';
import { discoverScenarios } from './run/discover.ts';
import { runSuite, type SuiteItem } from './run/run-suite.ts';
import { withScratchDirectory } from './run/scratch-directory.ts';
import { type Selection, selectScenarios } from './run/select-scenarios.ts';
import { watchMemory } from './run/watch-memory.ts';
import type { Scenario } from './scenario.ts';
import { type ChartUnderTest, readChartUnderTest } from './world/chart-under-test.ts';

export interface E2eOptions extends Selection, TargetOptions {
  readonly isSoak: boolean;
  readonly isRepeated: boolean;
  /** Runs the mutations in place of the scenarios. */
  readonly breaksChart: boolean;
  /** Folder with packaged upstream charts, which the release then depends on. @default the stand-ins */
  readonly charts?: string;
  /** @default `dist/e2e` */
  readonly output?: string;
}

const root = join(import.meta.dirname, '../../..');

/** Builds the images, boots the cluster, runs the scenarios, and writes the report. */
export function runE2e(options: E2eOptions): Promise<RunReport> {
  return withScratchDirectory((scratch) => runIn(scratch, options));
}

async function runIn(scratch: string, options: E2eOptions): Promise<RunReport> {
  const startedAtMs = Date.now();
  const memory = watchMemory();
  const run = await asOnlyRun(options, () => runScenarios(scratch, options));
  const rehearsals = isToRehearse(run, options) ? await rehearse(options.progress) : [];
  const environment = await describeEnvironment({ ...run, memory: memory.stop() });
  const scenarios = [...run.scenarios, ...run.cleanliness, ...rehearsals];
  const report = { startedAtMs, endedAtMs: Date.now(), environment, scenarios };
  const page = await writeReport(report, options.output ?? join(root, 'dist/e2e'));
  options.progress.line(`report: ${page}`);
  return report;
}

/** A cluster of our own is for one run at a time, and asks for a machine that can carry it before anything is built. */
async function asOnlyRun<Value>({ foreign, progress }: E2eOptions, run: () => Promise<Value>): Promise<Value> {
  if (foreign !== undefined) return run();
  await requireHost({ env: process.env, userId: process.getuid?.() ?? -1, onProgress: progress.line });
  return withClusterToItself(run);
}

interface ScenariosRun {
  readonly cluster: ClusterUnderTest;
  readonly chart: ChartUnderTest;
  readonly images: BroughtImages;
  readonly scenarios: readonly ScenarioReport[];
  /** Whether the machine is as before; empty when the cluster stays. */
  readonly cleanliness: readonly ScenarioReport[];
}

async function runScenarios(scratch: string, options: E2eOptions): Promise<ScenariosRun> {
  const known = await discoverScenarios();
  const chart = await buildChart(options);
  const items = await planItems(known, { chart, scratch, options });
  const images = await unlessAborted(bringImages(known, options), options.signal);
  const { cluster, close } = await openTarget(options, images.archive);
  const ended = await settled(runSuite(items, { ...options, cluster, scratch }));
  // Whatever happened, a cluster that was booted for this run goes.
  const cleanliness = await close();
  return { cluster, chart, images, scenarios: await ended(), cleanliness };
}

/** A run of everything asks the machine as well, unless its cluster is still in use. */
function isToRehearse({ cleanliness }: ScenariosRun, { only, breaksChart, signal }: E2eOptions): boolean {
  return only === undefined && !breaksChart && !signal.aborted && cleanliness.length > 0;
}

/** The outcome of work, to be had later: as a value, or thrown. */
async function settled<Value>(work: Promise<Value>): Promise<() => Promise<Value>> {
  await Promise.allSettled([work]);
  return () => work;
}

/** Work that cannot be stopped is not waited for. */
async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function buildChart({ charts, progress }: E2eOptions): Promise<ChartUnderTest> {
  const env = charts === undefined ? process.env : { ...process.env, TASK_API_UPSTREAM_CHARTS: charts };
  const lane = charts === undefined ? 'mirror' : 'upstream';
  const built = await prepareChart({ root, helm: await findHelm(), lane, env });
  progress.line(`chart task-api ${built.version}, dependencies in the lane ${built.lane}`);
  return readChartUnderTest(built.directory, built.lane);
}

interface Plan {
  readonly chart: ChartUnderTest;
  readonly scratch: string;
  readonly options: E2eOptions;
}

async function planItems(scenarios: readonly Scenario[], plan: Plan): Promise<readonly SuiteItem[]> {
  const { chart, scratch, options } = plan;
  if (options.breaksChart) return planMutations(scenarios, { chart, scratch, only: options.only ?? [] });
  return selectScenarios(scenarios, options).map((selected) => ({ ...selected, chart }));
}
