import type { PackageSets } from './debian-lock.ts';
import { type PackageSetName, packageSetNames, packageSets, setsOnBase } from './package-sets.ts';
import type { PackageStore } from './package-store.ts';
import type { PackageVersion, PrivateApt } from './private-apt.ts';

/** Asks apt for the newest packages of every set, takes them into the store, and returns their lock. */
export async function resolvePackages(apt: PrivateApt, store: PackageStore): Promise<PackageSets> {
  const sets = await resolveSets(apt);
  const all = [...new Map(sets.flatMap(([, packages]) => packages).map((one) => [one.name, one])).values()];
  const checksums = await store.take(await apt.download(all));
  const locked = sets.map(([set, packages]) => [
    set,
    packages.map((one) => ({ ...one, sha256: checksums.get(one.name) ?? '' })),
  ]);
  return Object.fromEntries(locked) as PackageSets; // Every set was resolved.
}

type ResolvedSet = readonly [PackageSetName, readonly PackageVersion[]];

async function resolveSets(apt: PrivateApt): Promise<readonly ResolvedSet[]> {
  const base = await apt.resolve(packageSets.base);
  const inBase = new Set(base.map(({ name }) => name));
  const resolved: ResolvedSet[] = [];
  for (const set of packageSetNames) {
    const closure = await apt.resolve(packageSets[set]);
    resolved.push([set, sortByName(setsOnBase.has(set) ? closure.filter(({ name }) => !inBase.has(name)) : closure)]);
  }
  return resolved;
}

function sortByName(packages: readonly PackageVersion[]): readonly PackageVersion[] {
  return packages.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
