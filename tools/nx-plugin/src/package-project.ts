import { basename } from 'node:path';
import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { describeTarget } from './describe-target.ts';
import { jestTarget } from './jest-target.ts';

export interface PackageFacts {
  readonly root: string;
  readonly manifest: PackageManifest;
  /** Whether the package has a `scripts/build-bundle.ts`, which builds what an image runs. */
  readonly isBundled: boolean;
}

/** The parts of a package.json that decide which targets a package has. */
export interface PackageManifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly namedInputs?: { readonly reads?: unknown } };
}

const helmPackage = '@task-api/helm';

/** What `@nx/js/typescript` does not infer for a package: lint, test and, for an app, build. */
export function packageProject({ root, manifest, isBundled }: PackageFacts): ProjectConfiguration {
  return {
    // The package.json says the same as nx.name; otherwise Nx would take the name of the package.
    name: basename(root),
    root,
    tags: readsRepository(manifest) ? ['reads:repository'] : [],
    targets: {
      lint: lintTarget(),
      test: testTarget(manifest),
      ...(isBundled && { build: buildTarget() }),
    },
  };
}

function lintTarget(): TargetConfiguration {
  return describeTarget(
    { command: 'biome check {projectRoot}', cache: true, inputs: ['default', 'biome'] },
    {
      description: 'Format and lint rules for TypeScript, JavaScript and JSON.',
      help: 'npx biome check --help',
      example: ['--write'],
    },
  );
}

/** `reads` is declared in the package.json of packages whose tests read files of other projects. */
function testTarget(manifest: PackageManifest): TargetConfiguration {
  const inputs = usesHelm(manifest) ? ['reads', 'helm'] : ['reads'];
  return jestTarget({ description: 'Unit tests beside the source and whole-package tests in test/.', inputs });
}

/** Such tests do not become affected by what they read; CI runs them for every change. */
function readsRepository({ nx }: PackageManifest): boolean {
  return nx?.namedInputs?.reads !== undefined;
}

function usesHelm({ name, dependencies, devDependencies }: PackageManifest): boolean {
  return name === helmPackage || helmPackage in { ...dependencies, ...devDependencies };
}

function buildTarget(): TargetConfiguration {
  return describeTarget(
    {
      command: 'node {projectRoot}/scripts/build-bundle.ts',
      cache: true,
      inputs: ['production', '^production'],
      outputs: ['{projectRoot}/dist/image'],
    },
    {
      description: 'What the image runs, bundled and started once.',
      help: 'npx esbuild --help',
      example: ['--analyze'],
    },
  );
}
