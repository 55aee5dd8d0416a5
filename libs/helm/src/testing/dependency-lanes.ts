import { join } from 'node:path';
import { buildChart } from '../build-chart.ts';
import { readChartMetadata } from '../chart-metadata.ts';
import type { HelmBinary } from '../find-helm.ts';
import { type PreparedChart, prepareChart } from '../prepare-chart.ts';
import { readPackages } from '../upstream-charts.ts';

export interface DependencyLanesRequest {
  /** The checkout. It is only read. */
  readonly root: string;
  readonly helm: HelmBinary;
  /** The dependency: `postgresql`. */
  readonly name: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface DependencyLanes {
  readonly mirror: PreparedChart;
  readonly upstream?: PreparedChart;
}

/**
 * The charts on which the contract of a dependency is checked: our stand-in and, where
 * TASK_API_UPSTREAM_CHARTS holds it, the real one of the same version.
 */
export async function dependencyLanes(request: DependencyLanesRequest): Promise<DependencyLanes> {
  const { root, helm, name, env = process.env } = request;
  const mirror = await prepareChart({ root, helm, env, lane: 'mirror', chart: `mirror/${name}` });
  const packages = env.TASK_API_UPSTREAM_CHARTS;
  return packages ? { mirror, upstream: await upstreamOf({ ...request, env, packages }) } : { mirror };
}

interface UpstreamRequest extends DependencyLanesRequest {
  readonly packages: string;
  readonly env: NodeJS.ProcessEnv;
}

async function upstreamOf({ root, name, packages, env }: UpstreamRequest): Promise<PreparedChart> {
  const { version } = await readChartMetadata(join(root, 'charts/mirror', name));
  const contents = await readPackages(packages, [{ name, version, repository: '' }], env);
  const built = await buildChart({ name, parts: contents.map((part) => ['.', part]), env });
  return { ...built, lane: 'upstream', laneReason: 'asked for', revision: 'working-tree', version };
}
