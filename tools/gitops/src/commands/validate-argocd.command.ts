import type { CommandIo } from '../command-io.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { defaultKubernetesVersion } from '../render/default-kubernetes-version.ts';
import { validateArgocd } from '../render/validate-argocd.ts';
import { hasErrors } from '../render/validate-environment.ts';
import { findingBlock, verdict } from '../report/validations.ts';

/** `gitops validate --argocd`: the Applications and the project alone. */
export async function validateArgocdFiles(io: CommandIo): Promise<ExitCode> {
  const argocd = validateArgocd(io.root, defaultKubernetesVersion);
  io.report({ data: { argocd }, blocks: [...argocd.map(findingBlock), verdict(argocd)] });
  return hasErrors(argocd) ? exitCodes.found : exitCodes.ok;
}
