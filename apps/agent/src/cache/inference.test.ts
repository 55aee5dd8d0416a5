import { describe, expect, it } from '@jest/globals';
import type { Answer, AnswerPart } from '../models/answer.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import type { AnswerStore, Lookup } from './answer-store.ts';
import { type InferenceRequest, InferenceService } from './inference.ts';

const answer: Answer = {
  text: 'Nothing is left to do.',
  toolCalls: [],
  finishReason: 'stop',
  usage: { inputTokens: 1, outputTokens: 1 },
};

async function* callModel(): AsyncGenerator<AnswerPart, Answer> {
  yield { type: 'text', text: answer.text };
  return answer;
}

/** A service whose store holds nothing, and how often Redis was asked for an answer. */
function emptyService() {
  const asked: string[] = [];
  const store = {
    local: () => undefined,
    async shared(key: string): Promise<Lookup> {
      asked.push(key);
      return { state: 'missing' };
    },
    lock: async () => ({ release: async () => undefined }),
    keep: async () => undefined,
  };
  const options = { provider: 'mock', model: 'mock', readOnlyTools: new Set<string>(), metrics: createMetrics() };
  // Of the store, nothing else is used here.
  return { asked, service: new InferenceService({ ...options, callModel, store: store as unknown as AnswerStore }) };
}

const request: InferenceRequest = {
  tenant: 'default',
  cacheMode: 'default',
  call: { prompt: [{ role: 'user', content: [{ type: 'text', text: 'What is left to do?' }] }] },
};

describe('infer', () => {
  it('asks Redis, and then the model', async () => {
    const { asked, service } = emptyService();
    expect((await service.infer(request)).outcome).toBe('MISS');
    expect(asked).toEqual([service.keyOf(request)]);
  });

  it.each([
    ['missing', 'MISS'],
    ['unanswered', 'DEGRADED'],
  ] as const)('does not ask Redis again that has just said: %s', async (lookup, outcome) => {
    const { asked, service } = emptyService();
    expect((await service.infer({ ...request, lookup })).outcome).toBe(outcome);
    expect(asked).toEqual([]);
  });
});
