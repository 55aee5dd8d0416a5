import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { describeTarget } from './describe-target.ts';
import { jestTarget } from './jest-target.ts';

export interface ChartFacts {
  /** The path of the chart's folder below `charts/`, such as `task-api` or `mirror/redis`. */
  readonly path: string;
  readonly root: string;
  /** Projects whose edits change what this chart renders. */
  readonly dependencies: readonly string[];
  /** Whether the chart has a `test` folder. */
  readonly hasTests: boolean;
  /** Whether the chart has a README.md, whose tables come from values.yaml. */
  readonly hasReadme: boolean;
}

const chartTasks = 'node tools/chart-tasks/src/main.ts';

/** A folder with a Chart.yaml as an Nx project. */
export function chartProject({ path, root, dependencies, hasTests, hasReadme }: ChartFacts): ProjectConfiguration {
  return {
    name: chartProjectName(path),
    root,
    projectType: 'library',
    tags: ['type:chart'],
    implicitDependencies: ['chart-tasks', ...dependencies],
    targets: {
      lint: lintTarget(),
      template: templateTarget(),
      validate: validateTarget(),
      package: packageTarget(),
      ...(hasReadme && { docs: docsTarget() }),
      ...(hasTests && { test: testTarget(), typecheck: typecheckTarget() }),
    },
  };
}

/** `charts/mirror/redis` is the project `chart-mirror-redis`. */
export function chartProjectName(path: string): string {
  return `chart-${path.replaceAll('/', '-')}`;
}

function lintTarget(): TargetConfiguration {
  return describeTarget(
    {
      command: `biome check --no-errors-on-unmatched {projectRoot} && ${chartTasks} lint {projectRoot}`,
      cache: true,
      inputs: [...chartInputs, 'biome'],
    },
    {
      description: 'helm lint --strict under Helm 3 and Helm 4, for every values file.',
      help: 'helm lint --help',
      example: ['--strict', '--with-subcharts'],
    },
  );
}

function templateTarget(): TargetConfiguration {
  return describeTarget(
    {
      command: `${chartTasks} template {projectRoot}`,
      cache: true,
      inputs: chartInputs,
      outputs: ['{workspaceRoot}/dist/{projectRoot}/rendered'],
    },
    {
      description: 'Renders the chart with its defaults and with each values file.',
      help: 'helm template --help',
      example: ['--debug'],
    },
  );
}

function validateTarget(): TargetConfiguration {
  return describeTarget(
    { command: `${chartTasks} validate {projectRoot}`, cache: true, inputs: chartInputs },
    {
      description: 'Checks every object that the chart renders, for every supported Kubernetes version.',
      help: 'npx gitops validate --help',
      example: ['--all-versions'],
    },
  );
}

function packageTarget(): TargetConfiguration {
  return describeTarget(
    {
      command: `${chartTasks} package {projectRoot}`,
      cache: true,
      dependsOn: ['lint'],
      inputs: chartInputs,
      outputs: ['{workspaceRoot}/dist/{projectRoot}/package'],
    },
    {
      description: 'The chart with its dependencies as an archive in dist.',
      help: 'helm package --help',
      example: ['--destination', 'dist'],
    },
  );
}

function docsTarget(): TargetConfiguration {
  return describeTarget(
    {
      command: `${chartTasks} docs-check {projectRoot}`,
      cache: true,
      inputs: chartInputs,
      configurations: { write: { command: `${chartTasks} docs {projectRoot}` } },
    },
    {
      description: 'Fails when README.md or values.schema.json do not say what values.yaml documents.',
      help: 'npx nx run chart-task-api:docs --help',
      example: ['--configuration=write'],
    },
  );
}

function testTarget(): TargetConfiguration {
  return jestTarget({
    description: 'Renders the chart with the real Helm and asserts what comes out.',
    inputs: ['helm'],
  });
}

function typecheckTarget(): TargetConfiguration {
  return describeTarget(
    {
      command: 'node tools/repository/src/check-types.ts {projectRoot}/test',
      cache: true,
      inputs: ['default', '^production', 'typecheck'],
    },
    { description: 'Types of the chart’s tests.', help: 'npx tsc --help', example: ['--noEmit'] },
  );
}

const chartInputs = ['default', '^production', 'helm'];
