import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RedisServer, startRedis } from '@task-api/local-stack';
import type { Answer, AnswerPart } from '../models/answer.ts';
import type { CallModel } from '../models/call-model.ts';
import { openRedisStore, type RedisStore } from '../redis/redis-store.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { AnswerStore, type Lookup } from './answer-store.ts';
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

const options = () => ({
  provider: 'mock',
  model: 'mock',
  readOnlyTools: new Set<string>(),
  metrics: createMetrics(),
});

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
  // Of the store, nothing else is used here.
  return { asked, service: new InferenceService({ ...options(), callModel, store: store as unknown as AnswerStore }) };
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

describe('several replicas', () => {
  const lockMs = 300;
  const stores: RedisStore[] = [];
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await server.stop();
  });

  async function addReplica(callModel: CallModel) {
    const connection = { url: new URL(server.url), password: undefined };
    const redis = openRedisStore({ connection, onStateChange: () => undefined, onError: () => undefined });
    stores.push(redis);
    await redis.ready(2000);
    const store = new AnswerStore(redis, 60, lockMs);
    return { store, service: new InferenceService({ ...options(), callModel, store }) };
  }

  /** Replicas of one model, whose every call is answered by the test. */
  async function startReplicas() {
    const asked: PromiseWithResolvers<Answer>[] = [];
    const calling: CallModel = async function* () {
      const call = Promise.withResolvers<Answer>();
      asked.push(call);
      const given = await call.promise;
      yield { type: 'text', text: given.text };
      return given;
    };
    return {
      asked,
      first: await addReplica(calling),
      second: await addReplica(calling),
      third: await addReplica(calling),
    };
  }

  it('ask once, also for an answer that takes longer than a lock lasts by itself', async () => {
    const { asked, first, second } = await startReplicas();
    const question = { ...request, tenant: 'slow' };
    const leading = first.service.infer(question);
    await eventually(() => asked.length === 1);
    const waiting = second.service.infer(question);
    await sleep(3 * lockMs);
    for (const call of asked) call.resolve(answer);
    expect([(await leading).outcome, (await waiting).outcome, asked.length]).toEqual(['MISS', 'COALESCED', 1]);
  });

  it('wait for the one that asks anew when the first answer could not be kept', async () => {
    const { asked, first, second, third } = await startReplicas();
    const question = { ...request, tenant: 'unkept' };
    const leading = first.service.infer(question);
    await eventually(() => asked.length === 1);
    const following = second.service.infer(question);
    await sleep(50);
    asked[0]?.resolve({ ...answer, finishReason: 'length' });
    await eventually(() => asked.length === 2);
    const late = third.service.infer(question);
    await sleep(100);
    for (const call of asked) call.resolve(answer);
    const outcomes = [(await leading).outcome, (await following).outcome, (await late).outcome];
    expect([...outcomes, asked.length]).toEqual(['MISS', 'MISS', 'COALESCED', 2]);
  });

  it('stop waiting for each other when nobody waits for them', async () => {
    const { asked, first, second } = await startReplicas();
    const question = { ...request, tenant: 'left' };
    const leading = first.service.infer(question);
    await eventually(() => asked.length === 1);
    const polls = jest.spyOn(second.store, 'isLocked');
    const leaver = new AbortController();
    const left = second.service.infer({ ...question, signal: leaver.signal }).catch(() => 'left');
    await eventually(() => polls.mock.calls.length > 1);
    leaver.abort();
    expect(await left).toBe('left');
    const before = polls.mock.calls.length;
    await sleep(150);
    expect(polls.mock.calls.length - before).toBeLessThanOrEqual(1);
    asked[0]?.resolve(answer);
    expect([(await leading).outcome, asked.length]).toEqual(['MISS', 1]);
  });
});

async function eventually(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('it has not come about');
    await sleep(5);
  }
}
