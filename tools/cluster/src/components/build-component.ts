import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from '@task-api/helm';
import { $, type ProcessOutput } from 'zx';
import { ClusterError } from '../cluster-error.ts';
import { componentKey } from './component-key.ts';
import type { Component, Stamp } from './components.ts';
import { requiredVersion } from './required-version.ts';

export type Progress = (line: string) => void;

const modulesDirectory = join(import.meta.dirname, '../../modules');

/** Where builds are kept. */
export const buildsDirectory = join(cacheDirectory(), 'cluster', 'components');

/** A component that is built, or the place where its build will be kept. */
export interface ComponentBuild {
  readonly component: Component;
  readonly source: string;
  readonly directory: string;
  readonly linkerFlags: string;
}

/** Finds out where the build of a component belongs; asks Go for its version only. */
export async function locateBuild(component: Component): Promise<ComponentBuild> {
  const source = join(modulesDirectory, component.module);
  const files = await readModule(source);
  const linkerFlags = describeLinkerFlags(component.stamp, files['go.mod'] ?? '');
  const goVersion = (await $({ cwd: source })`go env GOVERSION`).stdout.trim();
  const key = componentKey({ files, flags: [...buildFlags, linkerFlags], goVersion });
  const directory = join(buildsDirectory, `${component.module}-${key}`);
  return { component, source, directory, linkerFlags };
}

export interface BuildWatch {
  readonly onPackage: (name: string) => void;
  /** Ends the build. */
  readonly signal?: AbortSignal | undefined;
}

/** Builds into a directory of its own and renames it, so that a build that was broken off is never taken for one. */
export async function runBuild(build: ComponentBuild, watch: BuildWatch): Promise<void> {
  const unfinished = `${build.directory}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await compile(build, { directory: unfinished, ...watch });
    await renamePrograms(build.component, unfinished);
    await rename(unfinished, build.directory);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** The same for all components: they are part of the key under which Go keeps compiled packages. */
const buildFlags = ['-trimpath', '-v'];

async function readModule(source: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(source)).filter((name) => /^go\.(mod|sum)$|\.go$/.test(name));
  const entries = names.map(async (name) => [name, await readFile(join(source, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function describeLinkerFlags(stamp: Stamp | undefined, goMod: string): string {
  const variables = stamp === undefined ? {} : stamp.variables(requiredVersion(goMod, stamp.versionOf));
  return ['-s', '-w', ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
}

interface Compilation extends BuildWatch {
  readonly directory: string;
}

async function compile(build: ComponentBuild, { directory, onPackage, signal }: Compilation): Promise<void> {
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOBIN: directory };
  const go = $({
    cwd: build.source,
    env,
    quiet: true,
    nothrow: true,
    ...(signal && { signal }),
  })`nice -n 5 go install ${buildFlags} -ldflags ${build.linkerFlags} ${build.component.target}`;
  for await (const line of go.stderr.setEncoding('utf8')) for (const name of String(line).split('\n')) onPackage(name);
  const output = await go;
  signal?.throwIfAborted();
  if (output.exitCode !== 0) throw describeFailure(build, output);
}

function describeFailure({ component, source }: ComponentBuild, output: ProcessOutput): ClusterError {
  const value = output.stderr.trim().split('\n').slice(-5).join('\n');
  return new ClusterError('build-failed', { what: component.module, path: source, value });
}

async function renamePrograms({ programs }: Component, directory: string): Promise<void> {
  for (const [name, built] of Object.entries(programs)) await rename(join(directory, built), join(directory, name));
}
