import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type AgentOnUpstream, holdAnswers, startAgentOnUpstream } from './support/agent-on-upstream.ts';
import { collectEvents, createClient, readEvents } from './support/api-client.ts';
import { completion, uncachedModelOf } from './support/mock-upstream.ts';
import { startTestAgent, stopTestAgents } from './support/test-agent.ts';

let upstream: AgentOnUpstream['upstream'];
let agent: AgentOnUpstream['agent'];
let api: AgentOnUpstream['api'];
beforeAll(async () => {
  ({ upstream, agent, api } = await startAgentOnUpstream());
});
afterAll(stopTestAgents);

let letEnd: () => void;
beforeEach(() => {
  letEnd = holdAnswers({ upstream });
});
afterEach(() => letEnd());

const start = (session: string, more: object = {}) =>
  api.post(`/v1/sessions/${session}/runs`, { input: 'talk', ...more });
const follow = async (session: string, run: string) =>
  collectEvents(await fetch(`${agent.url}/v1/sessions/${session}/runs/${run}/stream`));

describe('a session with an unfinished run', () => {
  it('refuses another run by default', async () => {
    const session = await api.newSession();
    await start(session);
    const { status, body } = await start(session);
    expect([status, body.error.code]).toEqual([409, 'session-busy']);
  });

  it('puts it behind the first one when asked to', async () => {
    const session = await api.newSession();
    const { body: first } = await start(session);
    const { body: second } = await start(session, { multitask_strategy: 'enqueue' });
    expect((await api.get(`/v1/sessions/${session}/runs/${second.id}`)).body.status).toBe('queued');
    letEnd();
    expect((await follow(session, second.id)).at(-1)?.type).toBe('run.completed');
    expect((await api.get(`/v1/sessions/${session}/runs/${first.id}`)).body.status).toBe('completed');
  });

  it('ends the first one in favour of it when asked to', async () => {
    const session = await api.newSession();
    const { body: first } = await start(session);
    const { body: second } = await start(session, { multitask_strategy: 'interrupt' });
    expect((await follow(session, first.id)).at(-1)?.type).toBe('run.cancelled');
    letEnd();
    expect((await follow(session, second.id)).at(-1)?.type).toBe('run.completed');
  });

  it('ends no later one when the request to interrupt is repeated, however the clocks of the replicas differ', async () => {
    const { promise, resolve: letLaterEnd } = Promise.withResolvers<void>();
    const { promise: firstMayEnd, resolve: letFirstEnd } = Promise.withResolvers<void>();
    upstream.respondWith(completion('first one', { until: firstMayEnd }), completion('later one', { until: promise }));
    const session = await api.newSession();
    const interrupt = () =>
      api.post(
        `/v1/sessions/${session}/runs`,
        { input: 'talk', multitask_strategy: 'interrupt' },
        { 'idempotency-key': 'interrupt' },
      );
    await interrupt();
    const { body: later } = await start(session, { multitask_strategy: 'enqueue' });
    const id = await withIdOfSlowClock(later.id);
    letFirstEnd();
    await untilText(session, id);
    expect((await interrupt()).headers.get('idempotent-replayed')).toBe('true');
    letLaterEnd();
    expect((await follow(session, id)).at(-1)?.type).toBe('run.completed');
  });
});

describe('cancelling', () => {
  it('ends a run before it would end by itself, and only once', async () => {
    const session = await api.newSession();
    const { body: run } = await start(session);
    const response = await fetch(`${agent.url}/v1/sessions/${session}/runs/${run.id}/stream`);
    expect((await api.post(`/v1/sessions/${session}/runs/${run.id}/cancel`)).status).toBe(202);
    expect((await collectEvents(response)).at(-1)?.type).toBe('run.cancelled');
    const { status, body } = await api.post(`/v1/sessions/${session}/runs/${run.id}/cancel`);
    expect([status, body.error.code]).toEqual([409, 'run-finished']);
  });
});

describe('a client that leaves its stream', () => {
  it('leaves the run going on by default', async () => {
    const { session, run } = await startAndLeave({});
    letEnd();
    expect((await follow(session, run)).at(-1)?.type).toBe('run.completed');
  });

  it('cancels the run when it said so', async () => {
    const { session, run } = await startAndLeave({ on_disconnect: 'cancel' });
    expect((await follow(session, run)).at(-1)?.type).toBe('run.cancelled');
  });
});

describe('a client that leaves the stream of a run that another one has started', () => {
  it('leaves the run to the one that did, whatever that said', async () => {
    const session = await api.newSession();
    const started = await fetch(`${agent.url}/v1/sessions/${session}/runs/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'talk', on_disconnect: 'cancel' }),
    });
    await untilText(session, started.headers.get('x-run-id') ?? '');
    await untilOpenStreams(1);
    letEnd();
    expect((await collectEvents(started)).at(-1)?.type).toBe('run.completed');
  });
});

describe('a client that gives up waiting', () => {
  it.each([
    ['continue', 'run.completed'],
    ['cancel', 'run.cancelled'],
  ])('with on_disconnect %s leaves a run that ends as %s', async (onDisconnect, end) => {
    const session = await api.newSession();
    const leave = new AbortController();
    const waiting = fetch(`${agent.url}/v1/sessions/${session}/runs/wait`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'talk', on_disconnect: onDisconnect }),
      signal: leave.signal,
    }).catch(() => 'left');
    const run = await theOnlyRun(session);
    const response = await fetch(`${agent.url}/v1/sessions/${session}/runs/${run}/stream`);
    const seen: string[] = [];
    for await (const { type } of readEvents(response)) {
      seen.push(type);
      if (type === 'message.delta') leave.abort();
      if (type === 'message.delta' && onDisconnect === 'continue') void waiting.then(letEnd);
    }
    expect([await waiting, seen.at(-1)]).toEqual(['left', end]);
  });
});

describe('shutting down', () => {
  it('fails readiness, keeps serving, and lets the run end', async () => {
    const env = {
      ...uncachedModelOf(upstream),
      DRAIN_DELAY_MS: '300',
      RUN_DRAIN_BUDGET_MS: '30000',
    };
    const leaving = await startTestAgent({ env });
    const client = createClient(leaving.url);
    const session = await client.newSession();
    const idle = await client.newSession();
    const { body: run } = await client.post(`/v1/sessions/${session}/runs`, { input: 'talk' });
    const stream = await fetch(`${leaving.url}/v1/sessions/${session}/runs/${run.id}/stream`);
    const stopped = leaving.stop();
    const { status, body } = await client.get('/readyz');
    expect([status, body.checks.draining]).toEqual([503, 'yes']);
    expect((await client.get(`/v1/sessions/${idle}`)).status).toBe(200);
    expect((await client.get('/healthz')).status).toBe(200);
    expect((await client.post(`/v1/sessions/${idle}/runs`, { input: 'for another process' })).status).toBe(202);
    letEnd();
    expect((await collectEvents(stream)).at(-1)?.type).toBe('run.completed');
    await stopped;
    await expect(client.get('/healthz')).rejects.toThrow('fetch failed');
  });
});

describe('a stream whose run another replica executes', () => {
  it('ends with an event to reconnect on when its own process shuts down', async () => {
    const leaving = await startTestAgent({ env: { WORKERS: '0' }, database: agent.database });
    const session = await api.newSession();
    const { body: run } = await start(session);
    const response = await fetch(`${leaving.url}/v1/sessions/${session}/runs/${run.id}/stream`);
    const [events] = await Promise.all([collectEvents(response), leaving.stop()]);
    expect(events.at(-1)?.type).toBe('shutdown');
    letEnd();
    expect((await follow(session, run.id)).at(-1)?.type).toBe('run.completed');
  });
});

/** Gives a queued run the id that a replica with a clock far behind would have given it. */
async function withIdOfSlowClock(run: string): Promise<string> {
  const id = `00000000-0000-7000-8000-${run.slice(-12)}`;
  const client = new pg.Client(agent.database.url);
  await client.connect();
  await client.query("update runs set id = $2 where id = $1 and status = 'queued'", [run, id]);
  await client.end();
  return id;
}

/** Follows the run until it says something. */
async function untilText(session: string, run: string): Promise<void> {
  const leave = new AbortController();
  const response = await fetch(`${agent.url}/v1/sessions/${session}/runs/${run}/stream`, { signal: leave.signal });
  for await (const { type } of readEvents(response)) if (type === 'message.delta') break;
  leave.abort();
}

async function untilOpenStreams(count: number): Promise<void> {
  while (!(await api.get('/metrics')).body.text.includes(`task_api_open_streams ${count}\n`))
    await new Promise((resolve) => setTimeout(resolve, 20));
}

async function theOnlyRun(session: string): Promise<string> {
  for (;;) {
    const [run] = (await api.get(`/v1/sessions/${session}/runs`)).body.data;
    if (run !== undefined) return run.id;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function startAndLeave(more: object): Promise<{ readonly session: string; readonly run: string }> {
  const session = await api.newSession();
  const leave = new AbortController();
  const response = await fetch(`${agent.url}/v1/sessions/${session}/runs/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: 'talk', ...more }),
    signal: leave.signal,
  });
  for await (const { type } of readEvents(response)) if (type === 'message.delta') break;
  leave.abort();
  return { session, run: response.headers.get('x-run-id') ?? '' };
}
