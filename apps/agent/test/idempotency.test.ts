import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AgentOnUpstream, startAgentOnUpstream } from './support/agent-on-upstream.ts';
import type { OpenApi } from './support/arbitrary-request.ts';
import { completion } from './support/mock-upstream.ts';
import { stopTestAgents } from './support/test-agent.ts';

let upstream: AgentOnUpstream['upstream'];
let agent: AgentOnUpstream['agent'];
let api: AgentOnUpstream['api'];
beforeAll(async () => {
  ({ upstream, agent, api } = await startAgentOnUpstream());
});
beforeEach(() => upstream.respondWith(said));
afterAll(stopTestAgents);

const said = completion('said once');
const messages = [{ role: 'user', content: 'hello' }];

/** What each POST is called with; `session`, `task` and `run` are ids made for the case. */
const bodies: Readonly<Record<string, object | undefined>> = {
  '/v1/tasks': { title: 'repeated' },
  '/v1/tasks/{id}/complete': undefined,
  '/v1/sessions': { title: 'repeated' },
  '/v1/sessions/{id}/runs': { input: 'hello', multitask_strategy: 'enqueue' },
  '/v1/sessions/{id}/runs/stream': { input: 'hello', multitask_strategy: 'enqueue' },
  '/v1/sessions/{id}/runs/wait': { input: 'hello', multitask_strategy: 'enqueue' },
  '/v1/sessions/{id}/runs/{run_id}/cancel': undefined,
  '/v1/chat/completions': { model: 'rec', messages },
};

describe('an Idempotency-Key', () => {
  it('is known to every POST of the API', async () => {
    const document: OpenApi = JSON.parse(await (await fetch(`${agent.url}/openapi.json`)).text());
    const posts = Object.entries(document.paths).filter(([, methods]) => methods.post !== undefined);
    expect(posts.map(([path]) => path).sort()).toEqual(Object.keys(bodies).sort());
    for (const [path, { post }] of posts)
      expect([path, post?.parameters?.some(({ name }) => name === 'idempotency-key')]).toEqual([path, true]);
  });

  it.each(Object.keys(bodies))('returns the first answer of %s again', async (route) => {
    const path = await fill(route);
    const call = () => api.post(path, bodies[route], { 'idempotency-key': `again ${route}` });
    const [first, second] = [await call(), await call()];
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([second.status, null]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.body.id).toBe(first.body.id);
    if (!route.endsWith('/stream')) expect(withoutProgress(second.body)).toEqual(withoutProgress(first.body));
  });

  it('returns a stream of a chat completion again as it was, without asking the model', async () => {
    const ask = () =>
      fetch(`${agent.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'streamed' },
        body: JSON.stringify({ model: 'rec', messages, stream: true }),
      });
    const first = await (await ask()).text();
    const before = upstream.requests.length;
    const second = await ask();
    expect([await second.text(), second.headers.get('content-type')]).toEqual([
      first,
      'text/event-stream; charset=utf-8',
    ]);
    expect(upstream.requests.length).toBe(before);
  });

  it('says that a chat completion is still being answered, and when to come back', async () => {
    upstream.respondWith(completion('slow to be said', { wordPauseMs: 200 }));
    const call = () =>
      api.post('/v1/chat/completions', { model: 'rec', messages }, { 'idempotency-key': 'in progress' });
    const before = upstream.requests.length;
    const first = call();
    while (upstream.requests.length === before) await new Promise((resolve) => setTimeout(resolve, 10));
    const { status, body, headers } = await call();
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([409, 'idempotency-in-progress', '1']);
    expect((await first).status).toBe(200);
    expect((await call()).body.choices[0]?.message.content).toBe('slow to be said');
  });
});

async function fill(route: string): Promise<string> {
  const session = await api.newSession();
  const { body: task } = await api.post('/v1/tasks', { title: 'to complete' });
  if (!route.includes('{run_id}')) return route.replace('{id}', route.startsWith('/v1/tasks') ? task.id : session);
  // So that the run behind the first one is still there to be cancelled.
  upstream.respondWith(async (response, request) => {
    await sleep(2000);
    await said(response, request);
  });
  await api.post(`/v1/sessions/${session}/runs`, { input: 'hello' });
  const { body: queued } = await api.post(`/v1/sessions/${session}/runs`, {
    input: 'hello',
    multitask_strategy: 'enqueue',
  });
  return route.replace('{id}', session).replace('{run_id}', queued.id);
}

/** A run that was waited for is read when it has ended, so only its beginning is the stored one. */
function withoutProgress({ status: _status, ...body }: { readonly status?: unknown }): object {
  return body;
}
