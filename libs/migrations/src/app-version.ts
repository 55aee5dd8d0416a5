/** Order of two releases by major, minor and patch; what follows them (`-rc.1`, `+build`) does not count. */
export function compareAppVersions(left: string, right: string): number {
  const [a, b] = [partsOf(left), partsOf(right)];
  const difference = a.findIndex((part, index) => part !== b[index]);
  return difference === -1 ? 0 : (a[difference] ?? 0) - (b[difference] ?? 0);
}

/** The later of the releases. */
export function latestAppVersion(versions: readonly string[]): string | undefined {
  return [...versions].sort(compareAppVersions).at(-1);
}

function partsOf(version: string): readonly number[] {
  const parts = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1) ?? ['0', '0', '0'];
  return parts.map(Number);
}
