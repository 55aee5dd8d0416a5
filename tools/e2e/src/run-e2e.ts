import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findHelm, prepareChart } from '@task-api/helm';
import { bringImages } from './cluster/bring-images.ts';
import { openTarget, type TargetOptions } from './cluster/open-target.ts';
import { planMutations } from './mutations/plan-mutations.ts';
import { describeEnvironment } from './report/describe-environment.ts';
import type { RunReport } from './report/run-report.ts';
import { writeReport } from './report/write-report.ts';
import { discoverScenarios } from './run/discover.ts';
import type { ProgressLog } from './run/progress-log.ts';
import { runSuite, type SuiteItem } from './run/run-suite.ts';
import { type Selection, selectScenarios } from './run/select-scenarios.ts';
import { watchMemory } from './run/watch-memory.ts';
import type { Scenario } from './scenario.ts';
import { type ChartUnderTest, readChartUnderTest } from './world/chart-under-test.ts';

export interface E2eOptions extends Selection, Omit<TargetOptions, 'rehearsesCrashes'> {
  readonly isSoak: boolean;
  readonly isRepeated: boolean;
  /** Runs the mutations in place of the scenarios. */
  readonly breaksChart: boolean;
  /** Folder with packaged upstream charts, which the release then depends on. @default the stand-ins */
  readonly charts?: string;
  /** @default `dist/e2e` */
  readonly output?: string;
  readonly progress: ProgressLog;
  readonly signal: AbortSignal;
}

const root = join(import.meta.dirname, '../../..');

/** Builds the images, boots the cluster, runs the scenarios, and writes the report. */
export async function runE2e(options: E2eOptions): Promise<RunReport> {
  const scratch = await mkdtemp(join(tmpdir(), 'task-api-e2e-'));
  try {
    return await runIn(scratch, options);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runIn(scratch: string, options: E2eOptions): Promise<RunReport> {
  const startedAtMs = Date.now();
  const memory = watchMemory();
  const known = await discoverScenarios();
  const chart = await buildChart(options);
  const items = await planItems(known, { chart, scratch, options });
  const images = await bringImages(known, options);
  // A run of everything asks the machine as well.
  const rehearsesCrashes = options.only === undefined && !options.breaksChart;
  const target = await openTarget({ ...options, rehearsesCrashes }, images.archive);
  const suite = { ...options, cluster: target.cluster, scratch };
  const ended = await settled(runSuite(items, suite));
  // Whatever happened, a cluster that was booted for this run goes.
  const cleanliness = await target.close();
  const environment = await describeEnvironment({ ...suite, chart, images, memory: memory.stop() });
  const scenarios = [...(await ended()), ...cleanliness];
  const report = { startedAtMs, endedAtMs: Date.now(), environment, scenarios };
  const page = await writeReport(report, options.output ?? join(root, 'dist/e2e'));
  options.progress.line(`report: ${page}`);
  return report;
}

/** The outcome of work, to be had later: as a value, or thrown. */
async function settled<Value>(work: Promise<Value>): Promise<() => Promise<Value>> {
  await Promise.allSettled([work]);
  return () => work;
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
