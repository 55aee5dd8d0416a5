import { join } from 'node:path';
import { findHelm, type HelmBinary, type PreparedChart, prepareChart, renderChart } from '@task-api/helm';
import { parseManifests, type RenderedObject } from '@task-api/manifests';
import { stringify } from 'yaml';
import { hollowChart } from './hollow-chart.ts';

/** The checkout that this test runs in. */
export const root = join(import.meta.dirname, '../../../..');
export const chartDirectory = join(root, 'charts/task-api');

/** Values as a test writes them down; rendered as one values file. */
export type Values = { readonly [key: string]: unknown };

export interface RenderOptions {
  /** @default 'task-api' */
  readonly release?: string;
  /** Whether templates see an upgrade. */
  readonly isUpgrade?: boolean;
  readonly helm?: HelmBinary;
}

export const helm = await findHelm();

/** The chart with its dependencies, as a release would have it. */
export const chart = await prepareChart({ root, helm });

/** The chart with dependencies that render nothing: enough, and twice as fast, for what this chart alone decides. */
export const ownChart = await hollowChart(chart);

/** The objects of a release with all its dependencies. */
export async function renderRelease(
  values: Values = {},
  options: RenderOptions = {},
): Promise<readonly RenderedObject[]> {
  return parseManifests(await manifestOf(chart, values, options));
}

/** The objects that the chart's own templates write. */
export async function renderOwn(values: Values = {}, options: RenderOptions = {}): Promise<readonly RenderedObject[]> {
  return parseManifests(await manifestOf(ownChart, values, options));
}

/** What Helm prints for a chart. */
export async function manifestOf(of: PreparedChart, values: Values, options: RenderOptions = {}): Promise<string> {
  const { release = 'task-api', isUpgrade = false } = options;
  // Helm reads YAML 1.1, in which a bare `off` is false.
  const text = stringify(values, { version: '1.1' });
  const request = { chart: of, releaseName: release, namespace: 'agents', values: [text], isUpgrade };
  return (await renderChart(options.helm ?? helm, request)).manifest;
}
