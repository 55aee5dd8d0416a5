import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { describeTarget } from './describe-target.ts';

const gitops = 'node tools/gitops/src/main.ts';

/** `argocd/` as an Nx project: the root Application, the AppProject and the generated Applications. */
export function argocdProject(root: string): ProjectConfiguration {
  return {
    name: 'argocd',
    root,
    projectType: 'application',
    tags: ['type:argocd'],
    implicitDependencies: ['gitops'],
    targets: { check: checkTarget(), validate: validateTarget() },
  };
}

/** `fleet` is a runtime input: what the environments say changes the outcome, but does not make `argocd` affected. */
function checkTarget(): TargetConfiguration {
  return describeTarget(
    {
      command: `${gitops} check`,
      cache: true,
      inputs: ['default', '^production', 'fleet', '{workspaceRoot}/package.json'],
    },
    {
      description: 'Fails when any generated file of the fleet is not what generate writes.',
      help: 'npx gitops check --help',
      example: ['--json'],
    },
  );
}

function validateTarget(): TargetConfiguration {
  return describeTarget(
    { command: `${gitops} validate --argocd`, cache: true, inputs: ['default', '^production'] },
    {
      description: 'Checks the Applications and the AppProject against their schemas.',
      help: 'npx gitops validate --help',
      example: ['--json'],
    },
  );
}
