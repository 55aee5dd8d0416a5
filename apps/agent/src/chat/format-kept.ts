import type { CachedAnswer } from '../cache/cached-answer.ts';
import { formatCompletion, newCompletionHead } from './completion-format.ts';

const formatted = new WeakMap<CachedAnswer, string>();

/** A kept answer is formatted once and then sent as it is, its id included. */
export function formatKept(cached: CachedAnswer, model: string): string {
  const known = formatted.get(cached);
  if (known !== undefined) return known;
  const body = formatCompletion(newCompletionHead(model), cached.answer);
  formatted.set(cached, body);
  return body;
}
