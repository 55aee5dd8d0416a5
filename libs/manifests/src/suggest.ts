import { closest, distance } from 'fastest-levenshtein';

/** `; did you mean replicas?` when one of the known names is near enough to be meant, else nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = suggestionFor(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function suggestionFor(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const sameLetters = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const nearest = sameLetters ?? closest(name, known);
  const allowedEdits = Math.max(1, Math.floor(name.length / 3));
  return sameLetters ?? (distance(name, nearest) <= allowedEdits ? nearest : undefined);
}
