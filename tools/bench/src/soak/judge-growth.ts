import type { Growth } from './fit-growth.ts';
import type { GaugeName } from './read-gauges.ts';

/**
 * How much each may grow from the warmed up process to the end: far more than caches that are still filling or a late
 * collection account for, far less than what some hundred thousand requests leave behind when each leaves a kilobyte.
 */
export const allowedGain: Readonly<Record<GaugeName, (start: number) => number>> = {
  rssMiB: (start) => Math.max(80, 0.5 * start),
  heapMiB: (start) => Math.max(40, 0.5 * start),
  externalMiB: (start) => Math.max(40, 0.5 * start),
  resources: () => 50,
  descriptors: () => 50,
  connections: () => 10,
  streams: () => 10,
};

/** Whether what grew has grown too much. */
export function isGrowing(name: GaugeName, { start, gain }: Growth): boolean {
  return gain > allowedGain[name](start);
}
