import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a typing mistake most likely meant, if any is near enough. */
export function nearest(value: string, candidates: readonly string[]): string | undefined {
  const prefixed = candidates.find((candidate) => value.startsWith(candidate) || candidate.startsWith(value));
  if (prefixed !== undefined || candidates.length === 0) return prefixed;
  const candidate = closest(value, [...candidates]);
  const allowedMistakes = Math.max(2, Math.floor(value.length / 3));
  return distance(value, candidate) <= allowedMistakes ? candidate : undefined;
}
