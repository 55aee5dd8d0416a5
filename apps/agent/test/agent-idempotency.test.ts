import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@task-api/local-stack/testing';
import pg from 'pg';
import { startAgentProcess } from './support/agent-process.ts';
import {
  completion,
  failure,
  type Respond,
  startUpstream,
  toolCall,
  type Upstream,
  uncachedModelOf,
} from './support/mock-upstream.ts';
import { ownDatabase, startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let database: TestDatabase;
let upstream: Upstream;
let agent: TestAgent;
let other: TestAgent;
beforeAll(async () => {
  database = await ownDatabase();
  upstream = await startUpstream();
  agent = await startTestAgent({ env: environment(), database });
  other = await startTestAgent({ env: { WORKERS: '0' }, database });
});
afterAll(stopTestAgents);

const environment = () => ({ DATABASE_URL: database.url, ...uncachedModelOf(upstream) });

/** Adds the task that it is asked for, then talks until the test lets it end. */
let letEnd: () => void;
beforeEach(() => {
  const { promise, resolve } = Promise.withResolvers<void>();
  letEnd = resolve;
  const addsThenTalks: Respond = (response, request) => {
    const hasResult = request.body.messages.at(-1)?.role === 'tool';
    const title = String(JSON.stringify(request.body.messages[1]?.content)).replace(/\W+/g, ' ').trim();
    const respond = hasResult ? completion('It is added.', { until: promise }) : toolCall('create_task', { title });
    return respond(response, request);
  };
  upstream.respondWith(addsThenTalks);
});
afterEach(() => letEnd());

interface Question {
  readonly key: string;
  readonly stream?: boolean;
  readonly signal?: AbortSignal;
  readonly content?: string;
}

/** Asks the agent to add the task that is called like the key. */
async function ask(url: string, { key, stream = false, signal, content = key }: Question) {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ model: 'task-agent', stream, messages: [{ role: 'user', content }] }),
    signal: signal ?? null,
  });
  const { status, headers } = response;
  return {
    status,
    run: headers.get('x-run-id'),
    isRepeated: headers.has('idempotent-replayed'),
    text: await response.text(),
  };
}

const textOf = (answer: { readonly text: string }) =>
  [...answer.text.matchAll(/"content":"([^"]*)"/g)].map(([, piece]) => piece).join('');

async function query(text: string, ...values: readonly string[]) {
  const client = new pg.Client(database.url);
  await client.connect();
  return client.query(text, [...values]).finally(() => client.end());
}

const tasksOf = async (key: string) => (await query('select 1 from tasks where title = $1', key)).rowCount;
const runsOf = async (key: string) =>
  (await query("select 1 from runs where input -> 'messages' -> 0 ->> 'content' = $1", key)).rowCount;

async function untilAdded(key: string): Promise<void> {
  while ((await tasksOf(key)) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function askAndLeave(url: string, question: Question): Promise<void> {
  const leave = new AbortController();
  const left = ask(url, { ...question, signal: leave.signal }).catch(() => 'left');
  await untilAdded(question.key);
  leave.abort();
  expect(await left).toBe('left');
  // Nothing tells when the process has noticed; where this is too short, the test sees too little, never too much.
  await new Promise((resolve) => setTimeout(resolve, 300));
}

describe.each([false, true])('a request with a key that the agent answers (stream: %s)', (stream) => {
  const keyOf = (what: string) => `${what} ${stream}`;

  it('is answered again as it was', async () => {
    letEnd();
    const key = keyOf('again');
    const [first, second] = [await ask(agent.url, { key, stream }), await ask(other.url, { key, stream })];
    expect([first.status, first.isRepeated, textOf(first)]).toEqual([200, false, 'It is added.']);
    expect(second).toEqual({ ...first, isRepeated: true });
    expect([await tasksOf(key), await runsOf(key)]).toEqual([1, 1]);
  });

  it('follows the first one on any replica while that is being answered', async () => {
    const key = keyOf('meanwhile');
    const first = ask(agent.url, { key, stream });
    await untilAdded(key);
    const second = ask(other.url, { key, stream });
    setTimeout(letEnd, 200);
    expect(await second).toEqual({ ...(await first), isRepeated: true });
    expect(textOf(await first)).toBe('It is added.');
    expect([await tasksOf(key), await runsOf(key)]).toEqual([1, 1]);
  });

  it('gets the outcome of the run whose client has left', async () => {
    const key = keyOf('left');
    await askAndLeave(agent.url, { key, stream });
    const second = ask(other.url, { key, stream });
    setTimeout(letEnd, 200);
    expect([(await second).status, textOf(await second)]).toEqual([200, 'It is added.']);
    expect(await ask(agent.url, { key, stream })).toEqual(await second);
    expect([await tasksOf(key), await runsOf(key)]).toEqual([1, 1]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('gets the outcome of the run whose process got %s', async (signal) => {
    const key = keyOf(`survives ${signal}`);
    const victim = await startAgentProcess({ ...environment(), WORKERS: '0' });
    const first = ask(victim.url, { key, stream }).catch(() => 'lost');
    await untilAdded(key);
    victim.child.kill(signal);
    await first;
    const second = ask(other.url, { key, stream });
    setTimeout(letEnd, 200);
    expect([(await second).status, textOf(await second)]).toEqual([200, 'It is added.']);
    expect([await tasksOf(key), await runsOf(key)]).toEqual([1, 1]);
  });
});

describe('a key of the agent', () => {
  it('starts one run, however many requests come with it at once', async () => {
    letEnd();
    const key = 'all at once';
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => ask((index % 2 ? agent : other).url, { key })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ run, text }) => `${run} ${text}`)).size).toBe(1);
    expect([await tasksOf(key), await runsOf(key)]).toEqual([1, 1]);
  });

  it('holds its run however long that takes, for as long as keys are kept', async () => {
    const key = 'takes hours';
    await askAndLeave(agent.url, { key });
    const age = (column: string) => `${column} = ${column} - interval '23 hours'`;
    await query(`update idempotency_keys set ${age('locked_until')}, ${age('expires_at')} where key = $1`, key);
    letEnd();
    expect((await ask(other.url, { key })).isRepeated).toBe(true);
    expect([await tasksOf(key), await runsOf(key)]).toEqual([1, 1]);
  });

  it('of yesterday is a new one', async () => {
    const key = 'of yesterday';
    await askAndLeave(agent.url, { key });
    letEnd();
    await query("update idempotency_keys set expires_at = now() - interval '1 second' where key = $1", key);
    expect((await ask(other.url, { key })).isRepeated).toBe(false);
    expect(await runsOf(key)).toBe(2);
  });

  it('of a release that does not tell its run is taken over when its lock has ended, and not before', async () => {
    const key = 'of an older release';
    await askAndLeave(agent.url, { key });
    letEnd();
    await query('update idempotency_keys set response_headers = null where key = $1', key);
    const early = await ask(other.url, { key });
    expect([early.status, early.text]).toEqual([409, expect.stringContaining('idempotency-in-progress')]);
    await query("update idempotency_keys set locked_until = now() - interval '1 second' where key = $1", key);
    const late = await ask(other.url, { key });
    expect([late.status, late.isRepeated]).toEqual([200, false]);
  });

  it('is refused for another request, also while the first one is being answered', async () => {
    const key = 'reused';
    await askAndLeave(agent.url, { key });
    const during = await ask(other.url, { key, content: 'something else' });
    expect([during.status, during.text]).toEqual([422, expect.stringContaining('idempotency-key-reused')]);
    letEnd();
    await ask(agent.url, { key });
    expect((await ask(other.url, { key, content: 'something else' })).status).toBe(422);
  });

  it('returns the failure of its run, and does not try again', async () => {
    const key = 'fails';
    upstream.respondWith(toolCall('create_task', { title: key }), failure(500));
    const first = await ask(agent.url, { key });
    const asked = upstream.requests.length;
    const second = await ask(other.url, { key });
    expect([first.status, second.status, second.isRepeated]).toEqual([502, 502, true]);
    expect([second.run, upstream.requests.length]).toEqual([first.run, asked]);
    expect([await tasksOf(key), await runsOf(key)]).toEqual([1, 1]);
  });

  it('starts nothing anew when the session of its run was deleted', async () => {
    const key = 'deleted';
    await askAndLeave(agent.url, { key });
    await query('delete from sessions where id in (select session_id from runs where input::text like $1)', `%${key}%`);
    const { status, text } = await ask(other.url, { key });
    expect([status, text]).toEqual([404, expect.stringContaining('not-found')]);
    expect([await tasksOf(key), await runsOf(key)]).toEqual([1, 0]);
  });
});
