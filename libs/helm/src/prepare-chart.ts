import { join } from 'node:path';
import { buildChart, type ChartPart } from './build-chart.ts';
import { readChart } from './chart-contents.ts';
import { type ChartMetadata, readChartMetadata } from './chart-metadata.ts';
import { chartSource } from './chart-source.ts';
import { chooseLane, type Lane, type LaneChoice, type LaneRequest, requestedLane } from './choose-lane.ts';
import type { HelmBinary } from './find-helm.ts';
import { readMirrors } from './mirror-charts.ts';
import { readPackages } from './upstream-charts.ts';

export interface PreparedChart {
  /** A built copy outside the checkout, with the dependencies in its `charts/`. Not to be written to. */
  readonly directory: string;
  /** sha256 over the files of the chart and of its dependencies. */
  readonly digest: string;
  readonly lane: Lane;
  /** One phrase for reports: why it is this lane. */
  readonly laneReason: string;
  /** `working-tree`, or the commit the chart was read from, as 40 hexadecimal digits. */
  readonly revision: 'working-tree' | string;
  readonly version: string;
}

export interface PrepareChartRequest {
  /** The checkout. It is only read. */
  readonly root: string;
  readonly helm: HelmBinary;
  /** The commit whose `charts/` folder is used. @default the working tree */
  readonly revision?: string;
  /** @default TASK_API_CHART_LANE, else `auto` */
  readonly lane?: LaneRequest;
  /** Path of the chart inside `charts/`. @default 'task-api' */
  readonly chart?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Builds a copy of the chart with its dependencies, ready for Helm. When nothing has changed the copy
 * of last time is returned after reading the chart's files once.
 *
 * @throws {HelmError} on a revision git does not have, a chart that cannot be read, dependencies that cannot be had
 */
export async function prepareChart(request: PrepareChartRequest): Promise<PreparedChart> {
  const { root, revision, helm, env = process.env } = request;
  const source = await chartSource({ root, env, ...(revision === undefined ? {} : { revision }) });
  const chart = join(source.directory, request.chart ?? 'task-api');
  const metadata = await readChartMetadata(chart);
  const { dependencies } = metadata;
  const choice = await chooseLane(requestedLane(request.lane, env), { helm, chart, dependencies, env });
  const parts = await readParts({ charts: source.directory, chart, metadata, choice, env });
  const { directory, digest } = await buildChart({ name: metadata.name, parts, env });
  const { lane, reason: laneReason } = choice;
  return { directory, digest, lane, laneReason, revision: source.revision, version: metadata.version };
}

interface PartsRequest {
  readonly charts: string;
  readonly chart: string;
  readonly metadata: ChartMetadata;
  readonly choice: LaneChoice;
  readonly env: NodeJS.ProcessEnv;
}

async function readParts({ charts, chart, metadata, choice, env }: PartsRequest): Promise<readonly ChartPart[]> {
  const { dependencies } = metadata;
  const [own, ...others] = await Promise.all([
    readChart(chart),
    choice.packages === undefined
      ? readMirrors(join(charts, 'mirror'), dependencies)
      : readPackages(choice.packages, dependencies, env),
  ]);
  const named = others.flat().map((contents, index): ChartPart => [`charts/${dependencies[index]?.name}`, contents]);
  return [['.', own], ...named];
}
