import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { isTest } from '../source-kind.ts';
import type { Import } from './read-imports.ts';
import { type Layer, packageNameOf, type WorkspacePackage } from './workspace-packages.ts';

/** One import of one file, with what is known about both ends. */
export interface ImportSite extends Import {
  readonly file: string;
  /** The importing package; undefined in charts, environments and at the top. */
  readonly from: WorkspacePackage | undefined;
  /** The imported package, when it is one of this repository. */
  readonly to: WorkspacePackage | undefined;
  /** What the root package.json lists: the tools that tests may use without listing them again. */
  readonly rootDependencies: readonly string[];
}

/** Says what is wrong with an import; undefined when nothing is. */
type Rule = (site: ImportSite) => string | undefined;

/** Says what is wrong with an import, by the first rule that it breaks. */
export function judgeImport(site: ImportSite): string | undefined {
  return rules.map((rule) => rule(site)).find((complaint) => complaint !== undefined);
}

const environmentsHoldDataOnly: Rule = ({ file, specifier }) => {
  if (!/^environments\/[^/]+\/environment\.ts$/.test(file) || specifier === '@task-api/values') return undefined;
  return `imports ${specifier}; an environment is data and may import @task-api/values alone`;
};

const relativeImportsStayInside: Rule = ({ file, specifier, from }) => {
  if (!specifier.startsWith('.')) return undefined;
  const target = posix.join(posix.dirname(file), specifier);
  const folder = from?.folder ?? file.split('/').slice(0, 2).join('/');
  if (target.startsWith(`${folder}/`) || !file.includes('/')) return undefined;
  return `reaches into ${target}; import the package by its name instead`;
};

const nothingImportsApps: Rule = ({ from, to }) =>
  to?.layer === 'apps' && from !== to ? `imports ${to.name}; move what is shared into a package below libs` : undefined;

const layersPointDown: Rule = ({ file, from, to }) => {
  if (from === undefined || to === undefined || allowed[from.layer].includes(to.layer)) return undefined;
  if (isTest(file) && to.name === '@task-api/local-stack') return undefined;
  return `imports ${to.name}; ${from.layer} may import ${allowed[from.layer].join(' and ')} only (tests may start @task-api/local-stack)`;
};

const allowed: Readonly<Record<Layer, readonly Layer[]>> = {
  apps: ['apps', 'libs'],
  libs: ['libs'],
  tools: ['libs', 'tools'],
};

const coresStandAlone: Rule = ({ file, from, to }) => {
  if (from === undefined || to === undefined || from === to || !cores.has(from.folder)) return undefined;
  if (isTest(file) && to.name === '@task-api/helm') return undefined;
  return `imports ${to.name}; ${from.folder} depends on no other package (its tests may use @task-api/helm)`;
};

const cores: ReadonlySet<string> = new Set(['libs/values', 'libs/manifests']);

const importsAreDeclared: Rule = ({ file, from, specifier, rootDependencies }) => {
  if (from === undefined || specifier.startsWith('.') || isBuiltin(specifier)) return undefined;
  const name = packageNameOf(specifier);
  const forDevelopment = isForDevelopment(file) ? [...from.devDependencies, ...rootDependencies] : [];
  if ([from.name, ...from.dependencies, ...forDevelopment].includes(name)) return undefined;
  return `imports ${name}, which ${from.folder}/package.json does not list; add it to ${isForDevelopment(file) ? 'devDependencies' : 'dependencies'}`;
};

/** Tests and the scripts that build or generate are not part of what is delivered. */
function isForDevelopment(file: string): boolean {
  return isTest(file) || /^[^/]+\/[^/]+\/scripts\//.test(file);
}

const rules: readonly Rule[] = [
  environmentsHoldDataOnly,
  relativeImportsStayInside,
  nothingImportsApps,
  layersPointDown,
  coresStandAlone,
  importsAreDeclared,
];
