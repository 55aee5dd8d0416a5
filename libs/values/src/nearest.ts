import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a typing mistake most likely meant; undefined when none is near enough. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const candidate = closest(word, [...candidates]);
  const allowedMistakes = Math.max(2, Math.floor(word.length / 3));
  return distance(word, candidate) <= allowedMistakes ? candidate : undefined;
}
