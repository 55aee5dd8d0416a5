import { type HelmBinary, type PreparedChart, renderChart } from '@task-api/helm';
import type { Variant } from './chart.ts';

/** Where charts are rendered to when no environment says so. */
export const namespace = 'task-api';

interface Kitchen {
  readonly helm: HelmBinary;
  readonly prepared: PreparedChart;
}

/** What Helm makes of a variant, as a first install. */
export async function renderVariant({ values }: Variant, { helm, prepared }: Kitchen): Promise<string> {
  const { manifest } = await renderChart(helm, { chart: prepared, releaseName: 'task-api', namespace, values });
  return manifest;
}
