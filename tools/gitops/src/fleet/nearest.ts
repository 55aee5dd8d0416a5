import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a typing mistake most likely meant, else one that begins as the value does; none when no one is near. */
export function nearest(value: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const candidate = closest(value, [...candidates]);
  const allowedMistakes = Math.max(2, Math.floor(value.length / 3));
  if (distance(value, candidate) <= allowedMistakes) return candidate;
  return candidates.find((one) => value.startsWith(one) || one.startsWith(value));
}
