import { forgetLane, type PreparedChart } from '@task-api/helm';
import type { CommandIo } from '../command-io.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { type HelmOptions, rendererRequest } from '../render/helm-options.ts';
import { createRenderer, type Renderer } from '../render/renderer.ts';
import { shortRevision } from '../report/short-revision.ts';

export interface PrepareRequest extends HelmOptions {
  /** Ask the network again for dependencies that it could not give before. */
  readonly refresh?: boolean;
}

/** `gitops prepare`: fetches what later commands need, so that they need no network. */
export async function prepare(options: PrepareRequest, io: CommandIo): Promise<ExitCode> {
  if (options.refresh) await forgetLane(io);
  const fleet = await loadFleet(io.root);
  const { renderer, charts } = await prepareCharts(fleet, options, io);
  const { version, path, source } = renderer.helm;
  io.report({
    data: { helm: { version, path, source }, charts },
    blocks: [
      { kind: 'good', text: `Helm ${version} (${source}): ${path}` },
      ...charts.map(
        (chart) =>
          ({
            kind: 'good',
            text: `chart ${shortRevision(chart.revision)}, lane ${chart.lane}: ${chart.laneReason}`,
          }) as const,
      ),
    ],
  });
  return exitCodes.ok;
}

/** Finds or fetches Helm, and builds each chart revision that an environment deploys. */
export async function prepareCharts(fleet: Fleet, options: HelmOptions, { progress, ...io }: CommandIo) {
  const renderer = await progress.step('find Helm', async (note) => {
    const created = await createRenderer(fleet, rendererRequest(options, { progress, ...io }));
    note(`${created.helm.version} (${created.helm.source})`);
    return created;
  });
  const charts = await progress.step('prepare the chart and its dependencies', async (note) => {
    const prepared = await distinctCharts(fleet, renderer);
    note(`lane ${[...new Set(prepared.map(({ lane }) => lane))].join(', ')}`);
    return prepared;
  });
  return { renderer, charts };
}

async function distinctCharts({ environments }: Fleet, renderer: Renderer): Promise<readonly PreparedChart[]> {
  const charts = await Promise.all(environments.map((environment) => renderer.chartOf(environment)));
  return [...new Set(charts)];
}
