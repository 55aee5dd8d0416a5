import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ensureDirectory } from './cache-directory.ts';
import type { HelmBinary } from './find-helm.ts';
import { HelmError } from './helm-error.ts';
import { parseHelmMessage } from './helm-message.ts';
import type { PreparedChart } from './prepare-chart.ts';
import { pruneUnused } from './prune-unused.ts';
import { runHelm } from './run-helm.ts';
import { withValuesFiles } from './values-files.ts';

export interface RenderRequest {
  readonly chart: PreparedChart;
  readonly releaseName: string;
  readonly namespace: string;
  /** YAML texts of values files; later ones win. */
  readonly values: readonly string[];
  /** @default Helm's own */
  readonly kubeVersion?: string;
  readonly apiVersions?: readonly string[];
  /** Whether templates see an upgrade (`.Release.IsUpgrade`) as Helm's own command would; Argo CD never does. @default false */
  readonly isUpgrade?: boolean;
  /** Where renders are kept. @default node_modules/.cache/task-api/renders of this checkout */
  readonly cacheDirectory?: string;
}

export interface Rendering {
  /** What `helm template --include-crds` prints. */
  readonly manifest: string;
  /** sha256 of the manifest. */
  readonly digest: string;
  /** Whether Helm did not have to run. */
  readonly cached: boolean;
}

/**
 * Renders a chart as Argo CD does, by `helm template`. The same chart, values and flags under the same
 * Helm are rendered once; the result is kept by content.
 *
 * @throws {HelmError} `render`, with Helm's own message, and template, line and values keys where it names them
 */
export async function renderChart(helm: HelmBinary, request: RenderRequest): Promise<Rendering> {
  const directory = request.cacheDirectory ?? defaultCacheDirectory;
  const file = join(directory, `${renderKey(helm, request)}.yaml`);
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return { ...describe(known), cached: true };
  const manifest = await template(helm, request);
  await ensureDirectory(directory);
  await pruneUnused(directory);
  await writeFileAtomic(file, manifest);
  return { ...describe(manifest), cached: false };
}

const defaultCacheDirectory = join(import.meta.dirname, '../../../node_modules/.cache/task-api/renders');

/**
 * The Bitnami charts refuse to render an upgrade without these two passwords even when a Secret of the
 * user's holds them, and then render them nowhere.
 */
const upstreamUpgradeValues =
  'postgresql: { auth: { password: unused-by-the-render, replicationPassword: unused-by-the-render } }\n';

function valuesOf({ chart, isUpgrade, values }: RenderRequest): readonly string[] {
  return isUpgrade && chart.lane === 'upstream' ? [upstreamUpgradeValues, ...values] : values;
}

function flagsOf(request: RenderRequest): readonly string[] {
  const { releaseName, namespace, kubeVersion, apiVersions = [], isUpgrade } = request;
  return [
    ...['--name-template', releaseName, '--namespace', namespace, '--include-crds'],
    ...(kubeVersion === undefined ? [] : ['--kube-version', kubeVersion]),
    ...apiVersions.flatMap((version) => ['--api-versions', version]),
    ...(isUpgrade ? ['--is-upgrade'] : []),
  ];
}

function renderKey(helm: HelmBinary, request: RenderRequest): string {
  const key = [helm.version, request.chart.digest, flagsOf(request), valuesOf(request)];
  return createHash('sha256').update(JSON.stringify(key)).digest('hex');
}

async function template(helm: HelmBinary, request: RenderRequest): Promise<string> {
  return withValuesFiles(valuesOf(request), async (files) => {
    const args = ['template', '.', ...flagsOf(request), ...files.flatMap((file) => ['--values', file])];
    const { code, stdout, stderr } = await runHelm(helm, args, { cwd: request.chart.directory });
    if (code === 0) return stdout;
    throw new HelmError('render', { value: request.releaseName, ...parseHelmMessage(stderr) });
  });
}

function describe(manifest: string): Omit<Rendering, 'cached'> {
  return { manifest, digest: createHash('sha256').update(manifest).digest('hex') };
}
