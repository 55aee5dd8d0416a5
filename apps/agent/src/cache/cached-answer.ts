import { crc32 } from 'node:zlib';
import { formatCompletion, newCompletionHead } from '../chat/completion-format.ts';
import type { Answer } from '../models/answer.ts';

/**
 * An answer as the cache keeps it: as the completion that clients are sent, since most of them want it whole. Who
 * streams takes it apart again.
 */
export interface CachedAnswer {
  readonly storedAtMs: number;
  /** JSON text of the completion; repetitions get it as it is, its id included. */
  readonly completion: string;
}

/** The answer as it is kept from now on. */
export function toCachedAnswer(answer: Answer, model: string): CachedAnswer {
  return { storedAtMs: Date.now(), completion: formatCompletion(newCompletionHead(model), answer) };
}

/** How Redis holds it: the time and a checksum, a line break, the completion. */
export function formatEntry({ storedAtMs, completion }: CachedAnswer): string {
  return `${storedAtMs} ${crc32(completion)}\n${completion}`;
}

/** Undefined for what is not whole, or has a shape we do not know: that is a miss, not a failure. */
export function parseEntry(text: string): CachedAnswer | undefined {
  const end = text.indexOf('\n');
  const [storedAtMs, checksum] = text.slice(0, Math.max(0, end)).split(' ').map(Number);
  const completion = text.slice(end + 1);
  return storedAtMs && checksum === crc32(completion) ? { storedAtMs, completion } : undefined;
}

/** Only whole answers without consequences: a repeated answer must not repeat a side effect. */
export function isCacheable({ finishReason, toolCalls }: Answer, readOnlyTools: ReadonlySet<string>): boolean {
  const isWhole = finishReason === 'stop' || finishReason === 'tool-calls';
  return isWhole && toolCalls.every(({ tool }) => readOnlyTools.has(tool));
}
