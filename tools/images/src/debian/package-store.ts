import { mkdir, readdir, rename, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashFile } from '../oci/blob-store.ts';
import type { DebianPackage } from './debian-lock.ts';

/** Package files that were downloaded, each named by its checksum. */
export interface PackageStore {
  path(sha256: string): string;
  /** Those of the packages that are not here. */
  missing(packages: readonly DebianPackage[]): Promise<readonly DebianPackage[]>;
  /** Moves the package files of a folder into the store, and tells their checksums by the names of the packages. */
  take(folder: string): Promise<ReadonlyMap<string, string>>;
}

export async function openPackageStore(folder: string): Promise<PackageStore> {
  await mkdir(folder, { recursive: true });
  const path = (sha256: string) => join(folder, `${sha256}.deb`);
  return {
    path,
    async missing(packages) {
      const isHere = await Promise.all(packages.map(({ sha256 }) => touch(path(sha256))));
      return packages.filter((_, index) => !isHere[index]);
    },
    async take(downloads) {
      const files = (await readdir(downloads)).filter((name) => name.endsWith('.deb'));
      return new Map(await Promise.all(files.map((name) => takeFile(join(downloads, name), path))));
    },
  };
}

/** A use keeps a file from being pruned. */
function touch(path: string): Promise<boolean> {
  return stat(path)
    .then(() => utimes(path, new Date(), new Date()))
    .then(
      () => true,
      () => false,
    );
}

async function takeFile(file: string, path: (sha256: string) => string): Promise<readonly [string, string]> {
  const sha256 = await hashFile(file);
  await rename(file, path(sha256));
  return [packageName(file), sha256];
}

/** apt names its downloads `<name>_<version>_<architecture>.deb`. */
function packageName(file: string): string {
  return basename(file).split('_', 1)[0] ?? '';
}
