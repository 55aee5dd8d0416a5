import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RedisServer } from '@task-api/local-stack';
import { Redis } from 'ioredis';
import { type ApiResponse, createClient } from './support/api-client.ts';
import {
  completion,
  failure,
  modelOf,
  recorded,
  startUpstream,
  toolCall,
  type Upstream,
} from './support/mock-upstream.ts';
import { startTestAgent, startTestRedis, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let upstream: Upstream;
let redis: RedisServer;
let first: TestAgent;
let second: TestAgent;
beforeAll(async () => {
  upstream = await startUpstream();
  redis = await startTestRedis();
  const env = {
    ...modelOf(upstream),
    MODEL_TIMEOUT_MS: '5000',
  };
  first = await startTestAgent({ env, redis });
  second = await startTestAgent({ env, redis, database: first.database });
});
afterAll(stopTestAgents);
beforeEach(() => upstream.respondWith(completion('an answer')));

describe('the inference cache', () => {
  it('answers the same question from the cache, on every replica, with its age', async () => {
    const [miss, hit, elsewhere] = [await ask(first, 'same'), await ask(first, 'same'), await ask(second, 'same')];
    expect([miss, hit, elsewhere].map(cacheOf)).toEqual(['MISS', 'HIT', 'HIT']);
    expect(elsewhere.headers.get('age')).toMatch(/^\d+$/);
    expect(miss.headers.get('age')).toBeNull();
    expect(hit.body.choices).toEqual(miss.body.choices);
  });

  it('replays a cached answer as a stream', async () => {
    await ask(first, 'replayed');
    const response = await post(second, { messages: messagesOf('replayed'), stream: true });
    const text = await response.text();
    expect(response.headers.get('x-cache')).toBe('HIT');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(text.match(/"content":"[^"]*"/g)?.join('')).toContain('answer');
  });

  it('takes what is damaged in Redis for nothing, and mends it', async () => {
    await ask(first, 'damaged');
    await damageAnswers();
    const question = { messages: messagesOf('damaged'), stream: true };
    const response = await post(second, question);
    expect([response.status, cacheOf(response)]).toEqual([200, 'MISS']);
    expect(await response.text()).toContain('[DONE]');
    expect(await cacheOfPost(second, question)).toBe('HIT');
  });

  it('keeps parameters apart, and ignores the order of keys', async () => {
    const base = { messages: messagesOf('parameters') };
    expect(await cacheOfPost(first, { ...base, temperature: 0, seed: 1 })).toBe('MISS');
    expect(await cacheOfPost(first, { seed: 1, temperature: 0, ...base })).toBe('HIT');
    expect(await cacheOfPost(first, { ...base, temperature: 1, seed: 1 })).toBe('MISS');
  });

  it('is bypassed when the client says so; no-cache stores, no-store does not', async () => {
    expect(cacheOf(await ask(first, 'no-store', 'no-store'))).toBe('BYPASS');
    expect(cacheOf(await ask(first, 'no-store'))).toBe('MISS');
    expect(cacheOf(await ask(first, 'no-cache', 'no-cache'))).toBe('BYPASS');
    expect(cacheOf(await ask(first, 'no-cache'))).toBe('HIT');
  });

  it('asks the model once for 20 equal questions at once, on two replicas', async () => {
    const { promise: until, resolve: letEnd } = Promise.withResolvers<void>();
    upstream.respondWith(completion('one slow answer', { until }));
    const before = upstream.requests.length;
    const askTen = (replica: TestAgent) => Promise.all(Array.from({ length: 10 }, () => ask(replica, 'stampede')));
    const asked = Promise.all([askTen(first), askTen(second)]);
    // Long enough for all twenty to have come; one that comes later finds the answer and counts as a hit.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    letEnd();
    const byReplica = await asked;
    const answers = byReplica.flat();
    expect(upstream.requests.length - before).toBe(1);
    // One replica asks, for itself and for those who wait there; on the other one all wait for it.
    expect(answers.map(cacheOf).filter((outcome) => outcome === 'MISS')).toHaveLength(1);
    for (const some of byReplica) expect(some.map(cacheOf)).toContain('COALESCED');
    expect(new Set(answers.map(({ body }) => body.choices[0]?.message.content))).toEqual(new Set(['one slow answer']));
  });

  it('goes on for the others when the caller that started it leaves', async () => {
    const { promise: until, resolve: letEnd } = Promise.withResolvers<void>();
    upstream.respondWith(completion('worth waiting for', { until }));
    const leaver = new AbortController();
    const before = upstream.requests.length;
    const left = post(first, { messages: messagesOf('leaver') }, leaver.signal).catch(() => 'left');
    await eventually(async () => expect(upstream.requests.length).toBe(before + 1));
    const stayed = ask(first, 'leaver');
    await new Promise((resolve) => setTimeout(resolve, 300));
    leaver.abort();
    expect(await left).toBe('left');
    letEnd();
    expect([cacheOf(await stayed), (await stayed).body.choices[0]?.message.content]).toEqual([
      'COALESCED',
      'worth waiting for',
    ]);
  });

  it.each([
    ['errors', () => failure(400)],
    ['truncated answers', () => recorded('truncated')],
    ['tool calls with side effects', () => toolCall('create_task', { title: 'x' })],
    ['calls of tools it does not know', () => toolCall('launch', {})],
  ])('never keeps %s', async (name, respond) => {
    upstream.respondWith(respond());
    await ask(first, name);
    expect(cacheOf(await ask(first, name))).not.toBe('HIT');
  });

  it('keeps calls of tools that only read', async () => {
    upstream.respondWith(toolCall('list_tasks', {}));
    await ask(first, 'read only');
    expect(cacheOf(await ask(first, 'read only'))).toBe('HIT');
  });
});

describe('without Redis', () => {
  it('answers in time while Redis is frozen, says so in one log line, and recovers', async () => {
    process.kill(-redis.pid, 'SIGSTOP');
    const startedAt = Date.now();
    const answers: ApiResponse[] = [];
    for (let index = 0; index < 8; index += 1) answers.push(await ask(first, `frozen ${index}`));
    const elapsedMs = Date.now() - startedAt;
    process.kill(-redis.pid, 'SIGCONT');
    expect(answers.map(({ status }) => status)).toEqual(new Array(8).fill(200));
    expect(answers.map(cacheOf)).toEqual(new Array(8).fill('DEGRADED'));
    // A client without limits would wait for as long as Redis is frozen.
    expect(elapsedMs).toBeLessThan(15_000);
    expect(first.logs.filter((line) => line.includes('serving without it'))).toHaveLength(1);
    // Without a request: who is on call must not wait for one to learn that the outage is over.
    await eventually(async () =>
      expect(first.logs.filter((line) => line.includes('Redis answers again'))).toHaveLength(1),
    );
    expect(cacheOf(await ask(first, 'thawed'))).toBe('MISS');
  });

  it('answers while Redis is dead: repeated questions from the process itself', async () => {
    await redis.stop();
    const answers = [await ask(second, 'dead'), await ask(second, 'dead')];
    expect(answers.map(cacheOf)).toEqual(['DEGRADED', 'HIT']);
    expect((await createClient(second.url).get('/readyz')).status).toBe(200);
  });
});

/** Overwrites a letter in the middle of whatever Redis holds of answers. */
async function damageAnswers(): Promise<void> {
  const client = new Redis(redis.url);
  try {
    for (const key of await client.keys('task-api:answer:*')) await client.setrange(key, 60, '"');
  } finally {
    client.disconnect();
  }
}

function messagesOf(content: string) {
  return [{ role: 'user', content }];
}

function post(agent: TestAgent, body: object, signal?: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${agent.url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: 'rec', ...body }),
    ...(signal && { signal }),
  });
}

async function cacheOfPost(agent: TestAgent, body: object): Promise<string | null> {
  const response = await post(agent, body);
  await response.text();
  return response.headers.get('x-cache');
}

function ask(agent: TestAgent, content: string, cacheControl?: string): Promise<ApiResponse> {
  const headers = cacheControl === undefined ? {} : { 'cache-control': cacheControl };
  return createClient(agent.url).post('/v1/chat/completions', { model: 'rec', messages: messagesOf(content) }, headers);
}

function cacheOf({ headers }: Pick<ApiResponse, 'headers'>): string | null {
  return headers.get('x-cache');
}

async function eventually(assertion: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await assertion();
    } catch (error) {
      if (attempt === 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
