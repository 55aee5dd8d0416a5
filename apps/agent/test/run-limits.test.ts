import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { RunWorker } from '../src/runs/run-worker.ts';
import { collectEvents, createClient } from './support/api-client.ts';
import {
  completion,
  silence,
  startUpstream,
  toolCall,
  type Upstream,
  uncachedModelOf,
} from './support/mock-upstream.ts';
import { addCleanup, startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let upstream: Upstream;
let agent: TestAgent;
let api: ReturnType<typeof createClient>;
beforeAll(async () => {
  upstream = await startUpstream();
  agent = await startTestAgent({ env: environment() });
  api = createClient(agent.url);
});
afterAll(stopTestAgents);

const environment = () => uncachedModelOf(upstream);
const waitFor = async (body: object) => (await api.post(`/v1/sessions/${await api.newSession()}/runs/wait`, body)).body;

describe('a model that never stops calling tools', () => {
  it('is stopped after as many steps as the run may take', async () => {
    upstream.respondWith(toolCall('list_tasks', {}));
    const before = upstream.requests.length;
    const run = await waitFor({ input: 'go on for ever', max_steps: 3 });
    expect([run.status, run.error.code]).toEqual(['failed', 'step-limit']);
    expect(run.error.message).toBe('the run needed more than 3 steps; raise max_steps or ask for less at once');
    expect(upstream.requests.length - before).toBe(3);
  });

  it('may take all of them', async () => {
    upstream.respondWith(toolCall('list_tasks', {}), toolCall('list_tasks', {}), completion('done'));
    expect(await waitFor({ input: 'three steps', max_steps: 3 })).toMatchObject({
      status: 'completed',
      output: 'done',
      usage: { steps: 3 },
    });
  });
});

describe('a model that says nothing', () => {
  it('is taken at its word', async () => {
    upstream.respondWith(completion(''));
    const { status, output, error } = await waitFor({ input: 'be silent' });
    expect([status, output, error]).toEqual(['completed', '', null]);
  });
});

describe('a call that no tool can take', () => {
  it.each([
    ['of a tool that does not exist', toolCall('launch_rocket', {}), 'launch_rocket'],
    ['with arguments that do not fit', toolCall('create_task', { title: '' }), 'title'],
    ['of a task that does not exist', toolCall('get_task', { id: crypto.randomUUID() }), 'does not exist'],
  ])('%s is told to the model, which goes on', async (_name, call, words) => {
    upstream.respondWith(call, completion('sorry'));
    const run = await waitFor({ input: 'try' });
    expect([run.status, run.output]).toEqual(['completed', 'sorry']);
    const told = upstream.requests.at(-1)?.body.messages.at(-1);
    expect(told?.role).toBe('tool');
    expect(String(told?.content)).toContain(words);
  });
});

describe('a run that no process brings to its end', () => {
  it('is given up after twenty attempts', async () => {
    const idle = await startTestAgent({ env: { ...environment(), WORKERS: '0' } });
    const client = createClient(idle.url);
    const session = await client.newSession();
    const { body: run } = await client.post(`/v1/sessions/${session}/runs`, { input: 'deadly' });
    await query(idle, 'update runs set attempt = 20 where id = $1', [run.id]);
    await startTestAgent({ env: environment(), database: idle.database });
    await collectEvents(await fetch(`${idle.url}/v1/sessions/${session}/runs/${run.id}/stream`));
    const { status, error } = (await client.get(`/v1/sessions/${session}/runs/${run.id}`)).body;
    expect([status, error.message]).toEqual(['failed', 'the run was started 20 times and never came to an end']);
  });

  it('is ended when an attempt takes too long', async () => {
    upstream.respondWith(silence);
    const idle = await startTestAgent({ env: { ...environment(), WORKERS: '0' } });
    const own = { owner: 'impatient', concurrency: 1, leaseMs: 1500, runTimeoutMs: 300, now: () => new Date() };
    const worker = new RunWorker({ ...idle.services, ...own });
    worker.start();
    addCleanup(() => worker.drain(0));
    const client = createClient(idle.url);
    const session = await client.newSession();
    const { body } = await client.post(`/v1/sessions/${session}/runs/wait`, { input: 'wait for ever' });
    expect([body.status, body.error.code]).toEqual(['failed', 'run-timeout']);
  });
});

describe('the queue', () => {
  it('goes on past a run that has waited for months', async () => {
    const idle = await startTestAgent({ env: { ...environment(), WORKERS: '0' } });
    const client = createClient(idle.url);
    const session = await client.newSession();
    const { body: run } = await client.post(`/v1/sessions/${session}/runs`, { input: 'old' });
    await query(idle, "update runs set available_at = now() - interval '90 days' where id = $1", [run.id]);
    upstream.respondWith(completion('better late than never'));
    await startTestAgent({ env: environment(), database: idle.database });
    const events = await collectEvents(await fetch(`${idle.url}/v1/sessions/${session}/runs/${run.id}/stream`));
    expect(events.at(-1)?.data.output).toBe('better late than never');
  });

  it('says aloud why nothing can be leased, unless PostgreSQL is away', async () => {
    const broken = await startTestAgent({ env: environment() });
    await query(broken, 'alter table runs rename column available_at to moved', []);
    expect(await firstLogged(broken, 'no runs could be leased')).toMatchObject({
      level: 50,
      err: { message: 'column "available_at" does not exist' },
    });
  });
});

describe('a request id', () => {
  it('is the one that the caller gave, when it may stand in a log', async () => {
    const given = await api.get('/v1/tasks/not-an-id', { 'x-request-id': 'from-the-proxy-1' });
    expect([given.headers.get('x-request-id'), given.body.error.request_id]).toEqual([
      'from-the-proxy-1',
      'from-the-proxy-1',
    ]);
    const odd = await api.get('/v1/tasks/not-an-id', { 'x-request-id': 'with "quotes" and more' });
    expect(odd.body.error.request_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){2}-\d+$/);
  });
});

describe('an Idempotency-Key of yesterday', () => {
  it('is a new one', async () => {
    const key = { 'idempotency-key': 'of yesterday' };
    const { body: first } = await api.post('/v1/tasks', { title: 'yesterday' }, key);
    await query(agent, "update idempotency_keys set expires_at = now() - interval '1 second' where key = $1", [
      'of yesterday',
    ]);
    const { status, body } = await api.post('/v1/tasks', { title: 'today' }, key);
    expect([status, body.title, body.id === first.id]).toEqual([201, 'today', false]);
  });
});

async function firstLogged({ logs }: TestAgent, message: string): Promise<unknown> {
  for (;;) {
    const line = logs.find((text) => text.includes(message));
    if (line !== undefined) return JSON.parse(line);
    await delay(50);
  }
}

async function query({ database }: TestAgent, text: string, values: readonly unknown[]): Promise<void> {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query(text, [...values]).finally(() => client.end());
}
