import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { HelmBinary } from '../find-helm.ts';
import { HelmError } from '../helm-error.ts';
import type { PreparedChart } from '../prepare-chart.ts';
import { renderChart } from '../render-chart.ts';
import { mergeLayers } from './merge-layers.ts';
import type { Values } from './values.ts';

export interface VariantsRequest {
  readonly helm: HelmBinary;
  readonly chart: PreparedChart;
  /** Layers of values for each variant. */
  readonly variants: readonly (readonly Values[])[];
}

/**
 * What Helm makes of one chart with many values: a manifest for each, or Helm's refusal. The variants are
 * aliases of one dependency, so that Helm starts and reads the chart once; starting it takes most of its time.
 */
export async function renderVariants({ variants, ...rest }: VariantsRequest): Promise<readonly string[]> {
  const batches = Array.from({ length: Math.ceil(variants.length / batchSize) }, (_, index) =>
    variants.slice(index * batchSize, (index + 1) * batchSize),
  );
  return (await Promise.all(batches.map((batch) => renderBatch({ ...rest, variants: batch })))).flat();
}

/** With many more, Helm takes longer for each. */
const batchSize = 25;

async function renderBatch(request: VariantsRequest): Promise<readonly string[]> {
  try {
    return await renderTogether(request);
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    return request.variants.length === 1 ? [error.message] : renderHalves(request);
  }
}

/** One refusal hides all manifests: the half without it can still be rendered together. */
async function renderHalves({ variants, ...rest }: VariantsRequest): Promise<readonly string[]> {
  const middle = Math.ceil(variants.length / 2);
  const halves = [variants.slice(0, middle), variants.slice(middle)].filter((half) => half.length > 0);
  return (await Promise.all(halves.map((half) => renderBatch({ ...rest, variants: half })))).flat();
}

async function renderTogether({ helm, chart, variants }: VariantsRequest): Promise<readonly string[]> {
  const aliases = variants.map((_, index) => `variant${index}`);
  const values = Object.fromEntries(variants.map((layers, index) => [aliases[index], mergeLayers(layers)]));
  const parent = await writeParent(chart, aliases);
  try {
    const request = { chart: parent, releaseName: 'release', namespace: 'variants', values: [JSON.stringify(values)] };
    const { manifest } = await renderChart(helm, request);
    return aliases.map((alias) => manifestOf(alias, manifest, basename(chart.directory)));
  } finally {
    await rm(join(parent.directory, '..'), { recursive: true });
  }
}

async function writeParent(chart: PreparedChart, aliases: readonly string[]): Promise<PreparedChart> {
  const directory = join(await mkdtemp(join(tmpdir(), 'task-api-variants-')), 'variants');
  const name = basename(chart.directory);
  const dependencies = aliases.map((alias) => ({ name, version: chart.version, repository: '', alias }));
  await mkdir(join(directory, 'charts'), { recursive: true });
  await symlink(chart.directory, join(directory, 'charts', name));
  const metadata = { apiVersion: 'v2', name: 'variants', version: '0.0.0', dependencies };
  await writeFile(join(directory, 'Chart.yaml'), JSON.stringify(metadata));
  return { ...chart, directory, digest: `${chart.digest} as ${aliases.length} variants` };
}

/** The objects of one variant, with the chart's own name wherever its alias got into a name. */
function manifestOf(alias: string, manifest: string, name: string): string {
  const documents = manifest.split(/^---$/m).filter((document) => document.includes(`/charts/${alias}/`));
  return documents.join('---').replaceAll(new RegExp(`\\b${alias}\\b`, 'g'), name);
}
