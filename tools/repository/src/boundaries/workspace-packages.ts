import type { RepositoryFiles } from '../repository-files.ts';

export type Layer = 'apps' | 'libs' | 'tools';

/** A package of this repository. */
export interface WorkspacePackage {
  /** `@task-api/values` */
  readonly name: string;
  /** `libs/values` */
  readonly folder: string;
  readonly layer: Layer;
  /** What package.json lists for the code itself. */
  readonly dependencies: readonly string[];
  /** What package.json lists for its tests on top. */
  readonly devDependencies: readonly string[];
}

const manifestPath = /^(?<folder>(?<layer>apps|libs|tools)\/[^/]+)\/package\.json$/;

/** Every folder below apps, libs and tools that has a package.json. */
export function readPackages({ paths, read }: RepositoryFiles): readonly WorkspacePackage[] {
  return paths.flatMap((path) => {
    const { folder, layer } = manifestPath.exec(path)?.groups ?? {};
    return folder === undefined || !isLayer(layer) ? [] : [describePackage(folder, layer, read(path))];
  });
}

function describePackage(folder: string, layer: Layer, text: string): WorkspacePackage {
  const { name = folder, dependencies = {}, devDependencies = {} }: Manifest = JSON.parse(text);
  return {
    name,
    folder,
    layer,
    dependencies: Object.keys(dependencies),
    devDependencies: Object.keys(devDependencies),
  };
}

interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function isLayer(text: string | undefined): text is Layer {
  return text === 'apps' || text === 'libs' || text === 'tools';
}

/** The package a file belongs to; undefined for files of charts, environments and the top. */
export function packageOf(path: string, packages: readonly WorkspacePackage[]): WorkspacePackage | undefined {
  return packages.find(({ folder }) => path.startsWith(`${folder}/`));
}

/** `@task-api/values/value-types` belongs to the package `@task-api/values`, `yaml/util` to `yaml`. */
export function packageNameOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
