import { readFile, writeFile } from 'node:fs/promises';
import { ImagesError } from '../images-error.ts';
import {
  type DebianPackage,
  formatDebianLock,
  listPackages,
  lockPath,
  type PackageSets,
  readDebianLock,
} from './debian-lock.ts';
import type { PackageStore } from './package-store.ts';
import { type PackageVersion, type PrivateApt, withPrivateApt } from './private-apt.ts';
import { resolvePackages } from './resolve-packages.ts';

/** What to do with debian.lock.json: build from it, only from it, or write it anew. */
export type LockUse = 'prefer' | 'require' | 'update';

export interface ProvideRequest {
  readonly store: PackageStore;
  /** Folder for the private apt. */
  readonly scratch: string;
  readonly lockUse: LockUse;
  readonly onProgress: (line: string) => void;
}

/** Sees to it that every package of the lock is in the store, and returns what to build from. */
export async function providePackages(request: ProvideRequest): Promise<PackageSets> {
  if (request.lockUse === 'update') return updateLock(request);
  const lock = await readDebianLock();
  const missing = await request.store.missing(listPackages(lock));
  if (missing.length === 0) return lock;
  request.onProgress(`downloading ${missing.length} Debian packages`);
  const work = (apt: PrivateApt) => downloadPackages({ ...request, apt, lock, missing });
  return withPrivateApt(request.scratch, work).catch((error) => explain(error, missing));
}

async function updateLock({ store, scratch, onProgress }: ProvideRequest): Promise<PackageSets> {
  onProgress('asking apt for the newest Debian packages');
  const lock = await withPrivateApt(scratch, (apt) => resolvePackages(apt, store));
  const text = formatDebianLock(lock);
  const before = await readFile(lockPath, 'utf8').catch(() => '');
  if (text !== before) await writeFile(lockPath, text);
  onProgress(text === before ? 'debian.lock.json is up to date' : 'debian.lock.json has changed; commit it');
  return lock;
}

export interface DownloadRequest extends Omit<ProvideRequest, 'scratch'> {
  readonly apt: PrivateApt;
  readonly lock: PackageSets;
  readonly missing: readonly DebianPackage[];
}

/**
 * Downloads packages of the lock. Where the sources have no longer all of them, the newest of every set take
 * the place of the whole lock, unless it is required.
 *
 * @throws {ImagesError} when the lock is required and cannot be kept, or a download is not what was locked
 */
export async function downloadPackages({ apt, lock, missing, ...request }: DownloadRequest): Promise<PackageSets> {
  const available = new Set(await apt.available(missing));
  const gone = missing.filter((one) => !available.has(one));
  if (gone.length > 0) return replaceLock(apt, gone, request);
  const checksums = await request.store.take(await apt.download(missing));
  for (const one of missing) verify(one, checksums.get(one.name));
  return lock;
}

type Replacement = Pick<ProvideRequest, 'store' | 'lockUse' | 'onProgress'>;

/** A point release of Debian takes versions away; what stands in their place is as good, but not the same bytes. */
async function replaceLock(
  apt: PrivateApt,
  gone: readonly DebianPackage[],
  request: Replacement,
): Promise<PackageSets> {
  const value = gone.map((one) => `  ${versionOf(one)}`).join('\n');
  if (request.lockUse === 'require') throw new ImagesError('packages-differ', { value });
  request.onProgress(`warning: ${new ImagesError('packages-differ', { value }).message}`);
  return resolvePackages(apt, request.store);
}

function verify(one: DebianPackage, sha256: string | undefined): void {
  if (sha256 === one.sha256) return;
  throw new ImagesError('package-checksum', {
    value: versionOf(one),
    path: `the download with checksum ${sha256}`,
    allowed: one.sha256,
  });
}

function versionOf({ name, version }: PackageVersion): string {
  return `${name} ${version}`;
}

function explain(error: unknown, missing: readonly DebianPackage[]): never {
  if (!(error instanceof ImagesError) || error.rule !== 'program-failed') throw error;
  const value = `${missing.length} Debian packages (${missing[0]?.name}, …)`;
  throw new ImagesError('packages-unreachable', { value, detail: error.message }, { cause: error });
}
