import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImagesError } from '../images-error.ts';
import { debianRelease, type PackageSetName, packageSetNames } from './package-sets.ts';

export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

/** What the images are built from: the packages of each set, beyond those that the base has already. */
export type PackageSets = Readonly<Record<PackageSetName, readonly DebianPackage[]>>;

export const lockPath: string = join(import.meta.dirname, '../../debian.lock.json');

/** @throws {ImagesError} when the file is not what `--update-lock` writes */
export async function readDebianLock(path: string = lockPath): Promise<PackageSets> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new ImagesError('lock-malformed', { path, detail: cause.message }, { cause });
  });
  return parseDebianLock(text, path);
}

/** The file as it is read back. */
interface LockFile {
  readonly release: string;
  /** For each set the checksums of its packages, by `name=version` as apt writes it. */
  readonly packages: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function parseDebianLock(text: string, path: string): PackageSets {
  const { release, packages } = parseJson(text, path);
  if (release !== debianRelease) throw malformed(path, `its release is ${release}, the images are of ${debianRelease}`);
  const sets = packageSetNames.map((set) => [set, parseSet(packages[set], `${path}: ${set}`)]);
  return Object.fromEntries(sets) as PackageSets; // Every name was looked up.
}

/** One package a line, so that a difference reads as a list of packages. */
export function formatDebianLock(packages: PackageSets): string {
  const sets = packageSetNames.map((set) => [set, Object.fromEntries(packages[set].map(pinOf))]);
  const file: LockFile = { release: debianRelease, packages: Object.fromEntries(sets) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Every package once. */
export function listPackages(packages: PackageSets): readonly DebianPackage[] {
  const all = packageSetNames.flatMap((set) => packages[set]);
  return [...new Map(all.map((one) => [one.sha256, one])).values()];
}

function parseJson(text: string, path: string): LockFile {
  try {
    return { packages: {}, ...JSON.parse(text) };
  } catch (cause) {
    throw malformed(path, String(cause), { cause });
  }
}

function parseSet(set: Readonly<Record<string, string>> | undefined, path: string): readonly DebianPackage[] {
  if (set === undefined) throw malformed(path, 'the set is missing');
  return Object.entries(set).map(([pin, sha256]) => {
    const [name, version] = pin.split('=', 2);
    if (!name || !version || !/^[0-9a-f]{64}$/.test(sha256)) throw malformed(path, `"${pin}": "${sha256}"`);
    return { name, version, sha256 };
  });
}

function pinOf({ name, version, sha256 }: DebianPackage): readonly [string, string] {
  return [`${name}=${version}`, sha256];
}

function malformed(path: string, detail: string, options?: ErrorOptions): ImagesError {
  return new ImagesError('lock-malformed', { path, detail }, options);
}
