import { posix } from 'node:path';
import type { AgentVariant } from './image-archive.ts';
import { ImagesError } from './images-error.ts';

/** @throws {ImagesError} for a tag that no image can have or that two would have, and for a path outside the bundle */
export function assertVariants(variants: readonly AgentVariant[], agentReference: string): void {
  const taken = new Set([agentReference.replace(/^.*:/, '')]);
  for (const { tag, files, edits = [] } of variants) {
    if (!/^\w[\w.-]{0,127}$/.test(tag) || taken.has(tag)) throw new ImagesError('variant-tag', { value: tag });
    taken.add(tag);
    for (const path of [...Object.keys(files), ...edits.map((edit) => edit.path)]) assertPath(path);
  }
}

function assertPath(path: string): void {
  const isInside = path !== '' && posix.normalize(path) === path && !path.startsWith('/') && !path.startsWith('..');
  if (!isInside || path.endsWith('/')) throw new ImagesError('variant-path', { value: path });
}
