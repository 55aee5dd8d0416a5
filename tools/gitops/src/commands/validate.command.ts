import { type KubernetesVersion, kubernetesVersions } from '@task-api/manifests';
import type { CommandIo } from '../command-io.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { selectEnvironments } from '../fleet/select-environments.ts';
import { GitopsError } from '../gitops-error.ts';
import { defaultKubernetesVersion } from '../render/default-kubernetes-version.ts';
import { type HelmOptions, rendererRequest } from '../render/helm-options.ts';
import { createRenderer } from '../render/renderer.ts';
import { validateArgocd } from '../render/validate-argocd.ts';
import { hasErrors, validateEnvironment } from '../render/validate-environment.ts';
import { type Validations, validationReport } from '../report/validations.ts';

export interface ValidateRequest extends HelmOptions {
  readonly names: readonly string[];
  readonly kubernetesVersion?: string;
  readonly allVersions?: boolean;
}

/** `gitops validate [environment…]`: renders, and checks every object strictly. */
export async function validate(request: ValidateRequest, io: CommandIo): Promise<ExitCode> {
  const versions = versionsOf(request);
  const fleet = await loadFleet(io.root);
  const validations = await io.progress.step('render and validate', () =>
    validateAll(fleet, { request, versions, io }),
  );
  io.report(validationReport(validations));
  const findings = [...validations.argocd, ...validations.environments.flatMap((validation) => validation.findings)];
  return hasErrors(findings) ? exitCodes.found : exitCodes.ok;
}

interface ValidateContext {
  readonly request: ValidateRequest;
  readonly versions: readonly KubernetesVersion[];
  readonly io: CommandIo;
}

async function validateAll(fleet: Fleet, { request, versions, io }: ValidateContext): Promise<Validations> {
  const selected = selectEnvironments(fleet, request.names);
  const renderer = await createRenderer(fleet, rendererRequest(request, io));
  const context = { fleet, renderer, kubernetesVersions: versions };
  const environments = await Promise.all(selected.map((environment) => validateEnvironment(environment, context)));
  const argocd = request.names.length === 0 ? validateArgocd(io.root, defaultKubernetesVersion) : [];
  return { environments, argocd, kubernetesVersions: versions, helmVersion: renderer.helm.version };
}

function versionsOf({
  kubernetesVersion = defaultKubernetesVersion,
  allVersions,
}: ValidateRequest): readonly KubernetesVersion[] {
  if (allVersions) return kubernetesVersions;
  const known = kubernetesVersions.filter((version) => version === kubernetesVersion);
  if (known.length > 0) return known;
  throw new GitopsError('unknown-option-value', {
    path: '--kubernetes-version',
    value: kubernetesVersion,
    allowed: kubernetesVersions.join(', '),
  });
}
