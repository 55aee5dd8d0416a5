import { resolve } from 'node:path';
import { identityOf, type Phase, planArgoSync, planHelm } from '@task-api/manifests';
import type { CommandIo } from '../command-io.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { writeManifests } from '../files/write-manifests.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { selectOne } from '../fleet/select-environments.ts';
import { type HelmOptions, rendererRequest } from '../render/helm-options.ts';
import type { RenderOperation } from '../render/render-operation.ts';
import { createRenderer, type RenderedEnvironment } from '../render/renderer.ts';
import { changeBlocks, changeData } from '../report/changes.ts';
import type { Report } from '../report/report.ts';

export interface TemplateRequest extends HelmOptions {
  readonly environment: string;
  readonly as: RenderOperation;
  /** Directory that gets one file per object. */
  readonly output?: string;
  readonly phases?: boolean;
}

/** `gitops template <environment>`: what the real Helm makes of an environment. */
export async function template(request: TemplateRequest, io: CommandIo): Promise<ExitCode> {
  const fleet = await loadFleet(io.root);
  const environment = selectOne(fleet, request.environment);
  const renderer = await createRenderer(fleet, rendererRequest(request, io));
  const rendered = await renderer.render(environment, request.as);
  const report = reportOf(rendered, request);
  io.report({ ...report, data: { ...renderingData(rendered, renderer.helm.version), ...report.data } });
  return exitCodes.ok;
}

function reportOf(rendered: RenderedEnvironment, { phases, output }: TemplateRequest): Report {
  if (phases) return phasesReport(rendered);
  return output === undefined ? manifestReport(rendered) : filesReport(rendered, output);
}

function renderingData({ environment, operation, chart }: RenderedEnvironment, helmVersion: string) {
  const { revision, lane, digest } = chart;
  return { environment: environment.name, as: operation, helm: helmVersion, chart: { revision, lane, digest } };
}

function manifestReport({ manifest }: RenderedEnvironment): Report {
  return { data: { manifest }, blocks: [{ kind: 'raw', text: manifest }] };
}

function filesReport(rendered: RenderedEnvironment, output: string): Report {
  const changes = writeManifests(rendered.objects, resolve(output));
  return {
    data: { directory: resolve(output), changes: changes.map(changeData) },
    blocks: changeBlocks(changes, `${output} is up to date`),
  };
}

function phasesReport(rendered: RenderedEnvironment): Report {
  const phases = phasesOf(rendered).map(({ name, wave, objects }) => ({
    name,
    wave,
    objects: objects.map(({ object }) => identityOf(object)),
  }));
  const rows = phases.flatMap(({ name, wave, objects }) => objects.map((object) => [name, String(wave), object]));
  return { data: { phases }, blocks: [{ kind: 'table', columns: ['phase', 'wave', 'object'], rows }] };
}

function phasesOf({ objects, operation }: RenderedEnvironment): readonly Phase[] {
  if (operation === 'argocd') return planArgoSync(objects);
  return planHelm(objects, operation === 'helm-upgrade' ? 'upgrade' : 'install');
}
