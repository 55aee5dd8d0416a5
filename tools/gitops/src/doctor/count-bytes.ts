import { statSync } from 'node:fs';

/** How large files are together. One that somebody takes away meanwhile counts nothing. */
export function countBytes(paths: readonly string[]): number {
  const sizes = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
