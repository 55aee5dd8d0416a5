import {
  findHelm,
  type HelmBinary,
  type LaneRequest,
  type PreparedChart,
  prepareChart,
  type RenderRequest,
  renderChart,
} from '@task-api/helm';
import { parseManifests, type RenderedObject } from '@task-api/manifests';
import { buildOverlay, type Environment } from '@task-api/values';
import { chartRevisionOf } from '../fleet/chart-revision.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { workingTree } from '../fleet/read-chart.ts';
import type { RenderOperation } from './render-operation.ts';

/** An environment as Argo CD or Helm would render it. */
export interface RenderedEnvironment {
  readonly environment: Environment;
  readonly operation: RenderOperation;
  readonly chart: PreparedChart;
  readonly manifest: string;
  readonly objects: readonly RenderedObject[];
}

export interface Renderer {
  readonly helm: HelmBinary;
  /** The chart that the environment deploys, with its dependencies. */
  chartOf(environment: Environment): Promise<PreparedChart>;
  render(environment: Environment, operation: RenderOperation): Promise<RenderedEnvironment>;
}

export interface RendererRequest {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly helmMajor?: 3 | 4 | undefined;
  readonly lane?: LaneRequest | undefined;
  /** The minor version of Kubernetes to render for: `1.35`. */
  readonly kubernetesVersion: string;
}

/** The name that every environment's release has; the environments differ by namespace. */
const releaseName = 'task-api';

/** Finds Helm; charts are prepared when they are first asked for, each revision once. */
export async function createRenderer(fleet: Fleet, request: RendererRequest): Promise<Renderer> {
  const helm = await findHelm({ ...(request.helmMajor && { major: request.helmMajor }), env: request.env });
  const chartAt = memoize(String, (revision: string) => prepare(revision, helm, request));
  const objectsOf = memoize(String, (manifest: string) => parseManifests(manifest));
  // Argo CD renders as `helm install` does, and both are asked for at the same time.
  const renderOnce = memoize(renderKey, (render: RenderRequest) => renderChart(helm, render));
  const chartOf = (environment: Environment) => chartAt(chartRevisionOf(environment));
  return {
    helm,
    chartOf,
    async render(environment, operation) {
      const chart = await chartOf(environment);
      const overlay = buildOverlay(environment, fleet.chartOf(environment)).text;
      const { manifest } = await renderOnce(renderRequest({ environment, operation, chart, overlay, ...request }));
      return { environment, operation, chart, manifest, objects: objectsOf(manifest) };
    },
  };
}

function prepare(revision: string, helm: HelmBinary, { root, env, lane }: RendererRequest): Promise<PreparedChart> {
  return prepareChart({ root, helm, env, ...(lane && { lane }), ...(revision !== workingTree && { revision }) });
}

interface RenderInput extends RendererRequest {
  readonly environment: Environment;
  readonly operation: RenderOperation;
  readonly chart: PreparedChart;
  readonly overlay: string;
}

function renderRequest({ environment, operation, chart, overlay, kubernetesVersion }: RenderInput): RenderRequest {
  return {
    chart,
    releaseName,
    namespace: environment.input.destination.namespace,
    values: [overlay],
    kubeVersion: `${kubernetesVersion}.0`,
    isUpgrade: operation === 'helm-upgrade',
  };
}

function renderKey({ chart, ...request }: RenderRequest): string {
  return JSON.stringify([chart.digest, request]);
}

function memoize<Input, Result>(keyOf: (input: Input) => string, compute: (input: Input) => Result) {
  const known = new Map<string, Result>();
  return (input: Input): Result => {
    const key = keyOf(input);
    const result = known.get(key) ?? compute(input);
    known.set(key, result);
    return result;
  };
}
