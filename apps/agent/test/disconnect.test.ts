import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createClient } from './support/api-client.ts';
import { modelOf, silence, startUpstream } from './support/mock-upstream.ts';
import { startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let agent: TestAgent;
beforeAll(async () => {
  const upstream = await startUpstream();
  upstream.respondWith(silence);
  agent = await startTestAgent({ env: modelOf(upstream) });
});
afterAll(stopTestAgents);

describe('a client that leaves before it has its answer', () => {
  it.each([
    ['a completion', { model: 'rec' }, '/v1/chat/completions'],
    ['a stream of the model', { model: 'rec', stream: true }, '/v1/chat/completions'],
    ['a stream of the agent', { model: 'task-agent', stream: true }, '/v1/chat/completions'],
  ])('is no failure of ours while it waits for %s', async (what, body, path) => {
    const leaving = new AbortController();
    const before = agent.logs.length;
    const request = fetch(`${agent.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, messages: [{ role: 'user', content: `waits for ${what}` }] }),
      signal: leaving.signal,
    }).then((response) => response.text());
    setTimeout(() => leaving.abort(), 100);
    await expect(request).rejects.toThrow();
    // Nothing tells when the process has noticed; where this is too short, the test sees too little, never too much.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const lines = agent.logs.slice(before).map((line) => JSON.parse(line));
    expect(lines.filter(({ level }) => level >= 40)).toEqual([]);
  });
});

describe('a client that leaves while its run is still being created', () => {
  it.each(['stream', 'wait'])('has it cancelled where it asked for that with runs/%s', async (way) => {
    const api = createClient(agent.url);
    const session = await api.newSession();
    const lock = await lockSession(session);
    const leaving = new AbortController();
    const request = fetch(`${agent.url}/v1/sessions/${session}/runs/${way}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'nobody waits for this', on_disconnect: 'cancel' }),
      signal: leaving.signal,
    });
    await lock.untilAwaited();
    leaving.abort();
    await expect(request).rejects.toThrow();
    // Nothing tells when the process has noticed; where this is too short, the test sees what it saw before, no failure.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await lock.release();
    await untilRunIs('cancelled', session);
  });
});

/** Holds what every new run of a session has to wait for. */
async function lockSession(session: string) {
  const [holder, observer] = [await connect(), await connect()];
  await holder.query('begin');
  await holder.query('select id from sessions where id = $1 for update', [session]);
  const awaited = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  return {
    untilAwaited: () => until(async () => (await observer.query(awaited)).rows.length > 0),
    release: async () => void (await Promise.all([holder.end(), observer.end()])),
  };
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(agent.database.url);
  await client.connect();
  return client;
}

function untilRunIs(status: string, session: string): Promise<void> {
  const api = createClient(agent.url);
  return until(async () => (await api.get(`/v1/sessions/${session}/runs`)).body.data[0]?.status === status);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
