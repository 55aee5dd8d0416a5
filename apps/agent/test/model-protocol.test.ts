import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { findFreePort } from '@task-api/local-stack';
import { createClient } from './support/api-client.ts';
import {
  completion,
  failure,
  recorded,
  silence,
  startUpstream,
  type Upstream,
  uncachedModelOf,
} from './support/mock-upstream.ts';
import { startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let upstream: Upstream;
let agent: TestAgent;
let api: ReturnType<typeof createClient>;
beforeAll(async () => {
  upstream = await startUpstream();
  const env = {
    ...uncachedModelOf(upstream),
    MODEL_TIMEOUT_MS: '1500',
  };
  agent = await startTestAgent({ env });
  api = createClient(agent.url);
});
afterAll(stopTestAgents);

const ask = (content: string, more: object = {}) =>
  api.post('/v1/chat/completions', { model: 'rec', messages: [{ role: 'user', content }], ...more });

describe('an endpoint that is not there', () => {
  it('is named by its kind of failure in the log, so that a person on call can tell why', async () => {
    const env = uncachedModelOf({ url: `http://127.0.0.1:${await findFreePort()}/v1` });
    const lonely = await startTestAgent({ env });
    const body = { model: 'rec', messages: [{ role: 'user', content: 'anything' }] };
    expect((await createClient(lonely.url).post('/v1/chat/completions', body)).status).toBe(502);
    const [line] = lonely.logs.filter((text) => text.includes('the model endpoint failed'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      code: 'model-failed',
      reason: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});

describe('an endpoint of the OpenAI protocol', () => {
  it('may send a tool call in pieces, and more than one', async () => {
    upstream.respondWith(recorded('tool-call-in-pieces'), recorded('text-with-usage'));
    const session = await api.newSession();
    const { body } = await api.post(`/v1/sessions/${session}/runs/wait`, { input: 'anything' });
    expect([body.status, body.output]).toEqual(['completed', 'All done — ✓']);
    expect(body.usage).toEqual({ input_tokens: 141, output_tokens: 39, steps: 2 });
    expect((await api.get('/v1/tasks?search=in%20pieces')).body.data).toHaveLength(1);
    expect(upstream.requests.at(-1)?.body.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
      'tool',
    ]);
  });

  it('that fails in the middle of a stream fails the request, and nothing is shown of what it said', async () => {
    upstream.respondWith(recorded('error-mid-stream'));
    const { body } = await ask('mid-stream', { stream: true });
    expect(body.text).toMatch(/"type":"server_error"[^}]*"code":"model-failed"/);
  });

  it('that breaks the connection in the middle fails the request', async () => {
    upstream.respondWith(recorded('text-with-usage', { cutAfterBytes: 500 }));
    expect((await ask('broken', { stream: true })).body.text).toContain('"code":"model-failed"');
  });

  it('is asked for a stream only on behalf of a client that wants one, and tells both the same', async () => {
    upstream.respondWith(recorded('text-with-usage'));
    const { body } = await ask('at once');
    expect(upstream.requests.at(-1)?.body.stream).toBeUndefined();
    expect([body.choices[0]?.message.content, body.usage.completion_tokens]).toEqual(['All done — ✓', 5]);
    const streamed = await ask('in parts', { stream: true, stream_options: { include_usage: true } });
    expect(upstream.requests.at(-1)?.body.stream).toBe(true);
    expect(streamed.body.text).toContain('"completion_tokens":5');
  });

  it.each([
    ['at once', {}, /"content":"This is cut".*"finish_reason":"length"/],
    ['in parts', { stream: true }, /"finish_reason":"length"/],
  ])('tells a truncated answer apart %s', async (how, more, expected) => {
    upstream.respondWith(recorded('truncated'));
    const { body } = await ask(`long, ${how}`, more);
    expect(body.text ?? JSON.stringify(body)).toMatch(expected);
  });

  it('that sends something else than a completion fails the request', async () => {
    upstream.respondWith((response) => void response.end('{"choices":[]}'));
    expect((await ask('nonsense')).body.error.code).toBe('model-failed');
    upstream.respondWith((response) => void response.end('<html>'));
    expect((await ask('no JSON')).body.error.code).toBe('model-failed');
  });

  it('is tried again when it fails before it has said anything', async () => {
    upstream.respondWith(
      failure(503, { 'retry-after': '0' }),
      failure(429, { 'retry-after': '0' }),
      completion('third time lucky'),
    );
    expect((await ask('retried')).body.choices[0]?.message.content).toBe('third time lucky');
  });

  it('is not tried again when it refuses the request, which is told as a fault of the request', async () => {
    const before = upstream.requests.length;
    upstream.respondWith(failure(413), completion('never'));
    const { status, body } = await ask('refused');
    expect([status, body.error.code, body.error.type]).toEqual([400, 'model-refused', 'invalid_request_error']);
    expect(body.error.message).toMatch(/^the model endpoint refused the request \(status 413\); send a shorter one or/);
    expect(upstream.requests.length).toBe(before + 1);
  });

  it('that refuses a run ends it with the same code', async () => {
    upstream.respondWith(failure(422));
    const session = await api.newSession();
    const { body } = await api.post(`/v1/sessions/${session}/runs/wait`, { input: 'anything' });
    expect([body.status, body.error.code]).toEqual(['failed', 'model-refused']);
  });

  it('that refuses what one client sends goes on for the others', async () => {
    upstream.respondWith(failure(400));
    for (let index = 0; index < 6; index += 1) expect((await ask(`bad ${index}`)).status).toBe(400);
    upstream.respondWith(completion('good'));
    expect((await ask('good')).body.choices[0]?.message.content).toBe('good');
  });

  it('that is silent is given up at the deadline', async () => {
    upstream.respondWith(silence);
    const { status, body } = await ask('silent');
    expect([status, body.error.code]).toEqual([504, 'model-timeout']);
  });

  it('that keeps failing is given a pause, and then tried again', async () => {
    upstream.respondWith(failure(500, { 'retry-after': '0' }));
    for (let index = 0; index < 5; index += 1) await ask(`failing ${index}`);
    const before = upstream.requests.length;
    expect((await ask('paused')).body.error.code).toBe('model-unavailable');
    expect(upstream.requests.length).toBe(before);
    upstream.respondWith(completion('back'));
    const pauseMs = 5000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + pauseMs);
    expect((await ask('again')).body.choices[0]?.message.content).toBe('back');
    clock.mockRestore();
  });
});
