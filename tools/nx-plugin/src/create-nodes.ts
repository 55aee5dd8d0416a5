import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CreateNodes, CreateNodesResult, ProjectConfiguration } from '@nx/devkit';
import { argocdProject } from './argocd-project.ts';
import { readDependencyNames } from './chart-manifest.ts';
import { readChartMode } from './chart-mode.ts';
import { chartProject, chartProjectName } from './chart-project.ts';
import { environmentProject } from './environment-project.ts';
import { packageProject } from './package-project.ts';

export const name = '@task-api/nx-plugin';

const projectFiles =
  '{charts/*/Chart.yaml,charts/mirror/*/Chart.yaml,environments/*/environment.ts,argocd/root.yaml,{apps,libs,tools}/*/package.json}';

/** A folder with one of these files is a project: adding the folder is all the registration there is. */
export const createNodes: CreateNodes = [
  projectFiles,
  async (files, _options, { workspaceRoot }) => files.map((file) => [file, createNode(file, workspaceRoot)] as const),
];

function createNode(file: string, workspaceRoot: string): CreateNodesResult {
  const build = builders[basename(file)];
  return build === undefined ? {} : { projects: { [dirname(file)]: build(file, workspaceRoot) } };
}

type BuildProject = (file: string, workspaceRoot: string) => ProjectConfiguration;

const buildChart: BuildProject = (file, workspaceRoot) => {
  const root = dirname(file);
  return chartProject({
    root,
    path: root.replace(/^charts\//, ''),
    dependencies: [...mirrorsOf(file, workspaceRoot), ...contractOf(root, workspaceRoot)],
    hasTests: existsSync(join(workspaceRoot, root, 'test')),
    hasReadme: existsSync(join(workspaceRoot, root, 'README.md')),
  });
};

/** The stand-ins below `charts/mirror` for the charts that this one depends on. */
function mirrorsOf(file: string, workspaceRoot: string): readonly string[] {
  const names = readDependencyNames(readText(file, workspaceRoot), file);
  return names
    .filter((dependency) => existsSync(join(workspaceRoot, 'charts/mirror', dependency, 'Chart.yaml')))
    .map((dependency) => chartProjectName(`mirror/${dependency}`));
}

/** A chart that holds the generated contract changes with it. */
function contractOf(root: string, workspaceRoot: string): readonly string[] {
  return existsSync(join(workspaceRoot, root, 'contract.gen.json')) ? ['contract'] : [];
}

const buildEnvironment: BuildProject = (file, workspaceRoot) => {
  const root = dirname(file);
  return environmentProject({ root, name: basename(root), mode: readChartMode(readText(file, workspaceRoot), file) });
};

const buildPackage: BuildProject = (file, workspaceRoot) => {
  const root = dirname(file);
  const isBundled = existsSync(join(workspaceRoot, root, 'scripts/build-bundle.ts'));
  return packageProject({ root, isBundled, manifest: JSON.parse(readText(file, workspaceRoot)) });
};

const builders: Readonly<Record<string, BuildProject>> = {
  'Chart.yaml': buildChart,
  'environment.ts': buildEnvironment,
  'root.yaml': (file) => argocdProject(dirname(file)),
  'package.json': buildPackage,
};

function readText(file: string, workspaceRoot: string): string {
  return readFileSync(join(workspaceRoot, file), 'utf8');
}
