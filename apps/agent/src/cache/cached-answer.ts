import { z } from 'zod';
import type { Answer } from '../models/answer.ts';

/** An answer as the cache keeps it. */
export interface CachedAnswer {
  readonly answer: Answer;
  readonly storedAtMs: number;
}

const toolCall = z.object({ callId: z.string(), tool: z.string(), input: z.string() });
const cachedAnswer = z.object({
  answer: z.object({
    text: z.string(),
    toolCalls: z.array(toolCall),
    finishReason: z.enum(['stop', 'length', 'tool-calls', 'content-filter']),
    usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
  }),
  storedAtMs: z.number(),
});

/** Undefined for what another release wrote in a shape we do not know: that is a miss, not a failure. */
export function parseCachedAnswer(text: string): CachedAnswer | undefined {
  try {
    return cachedAnswer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Only whole answers without consequences: a repeated answer must not repeat a side effect. */
export function isCacheable({ finishReason, toolCalls }: Answer, readOnlyTools: ReadonlySet<string>): boolean {
  const isWhole = finishReason === 'stop' || finishReason === 'tool-calls';
  return isWhole && toolCalls.every(({ tool }) => readOnlyTools.has(tool));
}
