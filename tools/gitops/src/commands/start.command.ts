import type { CommandIo } from '../command-io.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { applyChanges } from '../files/apply-changes.ts';
import type { FileChange } from '../files/plan-changes.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { planGeneration } from '../fleet/plan-generation.ts';
import { defaultKubernetesVersion } from '../render/default-kubernetes-version.ts';
import type { HelmOptions } from '../render/helm-options.ts';
import type { Renderer } from '../render/renderer.ts';
import { validateArgocd } from '../render/validate-argocd.ts';
import { type EnvironmentValidation, hasErrors, validateEnvironment } from '../render/validate-environment.ts';
import { startReport } from '../report/start-report.ts';
import { prepareCharts } from './prepare.command.ts';

/** `gitops start`: from a clone to every environment generated, rendered and validated, in one table. */
export async function start(options: HelmOptions, io: CommandIo): Promise<ExitCode> {
  const fleet = await io.progress.step('read the environments', () => loadFleet(io.root));
  const { renderer } = await prepareCharts(fleet, options, io);
  const changes = await io.progress.step('generate', (note) => generateAll(fleet, io.root, note));
  const environments = await io.progress.step('render as Argo CD and as Helm would, and validate', (note) =>
    validateFleet(fleet, renderer, note),
  );
  const argocd = validateArgocd(io.root, defaultKubernetesVersion);
  io.report(startReport({ environments, argocd, changes, helm: renderer.helm }));
  return hasErrors([...argocd, ...environments.flatMap(({ findings }) => findings)]) ? exitCodes.found : exitCodes.ok;
}

type Note = (text: string) => void;

async function generateAll(fleet: Fleet, root: string, note: Note): Promise<readonly FileChange[]> {
  const { changes, fileCount } = await planGeneration(fleet, [], root);
  applyChanges(changes, root);
  note(`${changes.length} of ${fileCount} files changed`);
  return changes;
}

async function validateFleet(fleet: Fleet, renderer: Renderer, note: Note): Promise<readonly EnvironmentValidation[]> {
  const { environments } = fleet;
  const context = { fleet, renderer, kubernetesVersions: [defaultKubernetesVersion] } as const;
  const done: string[] = [];
  return Promise.all(
    environments.map(async (environment) => {
      const validation = await validateEnvironment(environment, context);
      done.push(environment.name);
      note(`${done.length} of ${environments.length} environments`);
      return validation;
    }),
  );
}
