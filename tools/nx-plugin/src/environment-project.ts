import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import type { ChartMode } from './chart-mode.ts';
import { describeTarget } from './describe-target.ts';

export interface EnvironmentFacts {
  /** The name of its directory below `environments/`. */
  readonly name: string;
  readonly root: string;
  readonly mode: ChartMode;
}

const gitops = 'node tools/gitops/src/main.ts';

/** An environment as an Nx project. A pinned one does not depend on the chart: an edit of the chart is not deployed there. */
export function environmentProject({ name, root, mode }: EnvironmentFacts): ProjectConfiguration {
  return {
    name: `env-${name}`,
    root,
    projectType: 'application',
    tags: ['type:environment', `chart:${mode}`],
    implicitDependencies: ['gitops', 'values', ...(mode === 'floating' ? ['chart-task-api'] : [])],
    targets: {
      lint: lintTarget(),
      typecheck: typecheckTarget(),
      generate: generateTarget(name),
      check: checkTarget(name),
      template: templateTarget(name),
      validate: validateTarget(name),
    },
  };
}

function lintTarget(): TargetConfiguration {
  return describeTarget(
    { command: 'biome check {projectRoot}', cache: true, inputs: ['default', 'biome'] },
    { description: 'Format and lint rules of environment.ts.', help: 'npx biome check --help', example: ['--write'] },
  );
}

function typecheckTarget(): TargetConfiguration {
  return describeTarget(
    {
      command: 'node tools/repository/src/check-types.ts {projectRoot}',
      cache: true,
      inputs: ['default', '^production', 'typecheck', '{workspaceRoot}/environments/tsconfig.json'],
    },
    {
      description: 'Types of environment.ts: keys, tiers and values the chart knows.',
      help: 'npx tsc --help',
      example: ['--noEmit'],
    },
  );
}

function generateTarget(name: string): TargetConfiguration {
  return describeTarget(
    { command: `${gitops} generate ${name}`, cache: false },
    {
      description: 'Writes values.yaml and the Application of this environment.',
      help: 'npx gitops generate --help',
      example: [name],
    },
  );
}

function checkTarget(name: string): TargetConfiguration {
  return describeTarget(
    {
      command: `${gitops} check ${name}`,
      cache: true,
      inputs: [...rendered, application(name), '{workspaceRoot}/package.json'],
    },
    {
      description: 'Fails when values.yaml or the Application is not what generate writes.',
      help: 'npx gitops check --help',
      example: [name],
    },
  );
}

function templateTarget(name: string): TargetConfiguration {
  return describeTarget(
    {
      command: `${gitops} template ${name} --output dist/{projectRoot}/rendered`,
      cache: true,
      inputs: [...rendered, 'helm'],
      outputs: ['{workspaceRoot}/dist/{projectRoot}/rendered'],
    },
    {
      description: 'Renders what Argo CD would apply, one file per object.',
      help: 'npx gitops template --help',
      example: [name, '--phases'],
    },
  );
}

function validateTarget(name: string): TargetConfiguration {
  return describeTarget(
    { command: `${gitops} validate ${name}`, cache: true, inputs: [...rendered, 'helm'] },
    {
      description: 'Renders as Helm and as Argo CD would and checks every object.',
      help: 'npx gitops validate --help',
      example: [name, '--all-versions'],
    },
  );
}

/** Everything that decides what an environment renders to: its own files, the libraries and, where it floats, the chart. */
const rendered = ['default', '^production'];

function application(name: string): string {
  return `{workspaceRoot}/argocd/applications/${name}.yaml`;
}
