import type { DebianPackage } from '../debian/debian-lock.ts';
import type { PackageStore } from '../debian/package-store.ts';
import { readPackage } from '../debian/read-package.ts';
import { type Layer, mergeLayers } from './layer.ts';
import { isUnneeded } from './unneeded-paths.ts';

/** The files of packages, without what an image can do without. */
export async function packageLayer(packages: readonly DebianPackage[], store: PackageStore): Promise<Layer> {
  const layers: Layer[] = [];
  for (const { sha256 } of packages) layers.push(await readPackage(store.path(sha256), isUnneeded));
  return mergeLayers(...layers);
}
