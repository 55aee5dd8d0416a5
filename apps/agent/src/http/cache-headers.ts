import type { Inference } from '../cache/inference.ts';

/** Where the answer comes from, and for one out of the cache how old it is. */
export function cacheHeaders({
  outcome,
  cached,
}: Pick<Inference, 'outcome' | 'cached'>): Readonly<Record<string, string | number>> {
  if (cached === undefined) return { 'x-cache': outcome };
  return { 'x-cache': outcome, age: Math.max(0, Math.floor((Date.now() - cached.storedAtMs) / 1000)) };
}
