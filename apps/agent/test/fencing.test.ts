import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@task-api/local-stack/testing';
import pg from 'pg';
import { type AgentProcess, startAgentProcess } from './support/agent-process.ts';
import { collectEvents, createClient, readEvents } from './support/api-client.ts';
import { completion, startUpstream, type Upstream, uncachedModelOf } from './support/mock-upstream.ts';
import { ownDatabase, startTestAgent, stopTestAgents } from './support/test-agent.ts';

let database: TestDatabase;
let upstream: Upstream;
beforeAll(async () => {
  database = await ownDatabase();
  upstream = await startUpstream();
});
afterAll(stopTestAgents);

const environment = () => ({ DATABASE_URL: database.url, ...uncachedModelOf(upstream) });

describe('a process that was stopped for longer than its lease', () => {
  it('writes nothing more to the run that another one has taken over, and lives on', async () => {
    upstream.respondWith(
      completion('words of the first attempt that nobody shall ever hear in full', { wordPauseMs: 250 }),
      completion('second'),
    );
    const zombie = await startAgentProcess(environment());
    const api = createClient(zombie.url);
    const session = await api.newSession();
    const { body: run } = await api.post(`/v1/sessions/${session}/runs`, { input: 'talk' });
    const path = `/v1/sessions/${session}/runs/${run.id}`;
    await firstDelta(`${zombie.url}${path}/stream`);
    zombie.child.kill('SIGSTOP');
    const heir = await startTestAgent({ env: environment(), database });
    const events = await collectEvents(await fetch(`${heir.url}${path}/stream`));
    expect(events.at(-1)?.data.output).toBe('second');
    zombie.child.kill('SIGCONT');
    await untilLogged(zombie, 'taken over by another attempt');
    expect((await api.get('/healthz')).status).toBe(200);
    expect((await api.get(path)).body).toMatchObject({ status: 'completed', output: 'second', attempt: 2 });
    expect(await collectEvents(await fetch(`${zombie.url}${path}/stream`))).toEqual(events);
    expect((await api.get('/metrics')).body.text).toContain('task_api_leases_lost_total 1');
    expect((await createClient(heir.url).get('/metrics')).body.text).toContain('task_api_lease_recoveries_total 1');
    zombie.child.kill('SIGTERM');
    expect(await zombie.exited).toBe(0);
  });
});

describe('a run that takes longer than a lease', () => {
  it('stays with its process as long as that is well, whoever else would take it', async () => {
    // Eight words of 600 ms each, which is more than the lease, and a lease that outlasts a stall of a busy machine.
    upstream.respondWith(completion('one two three four five six seven eight', { wordPauseMs: 600 }));
    const env = { ...environment(), RUN_LEASE_MS: '3000' };
    const [first] = [await startTestAgent({ env, database }), await startTestAgent({ env, database })];
    const api = createClient(first.url);
    const session = await api.newSession();
    const { body } = await api.post(`/v1/sessions/${session}/runs/wait`, { input: 'talk long' });
    expect([body.status, body.attempt]).toEqual(['completed', 1]);
  });
});

describe('a process that takes over its own run', () => {
  it('goes on with the new attempt alone, and keeps its lease', async () => {
    // The first attempt writes on, so that it would die of its loss; the second one takes longer than a lease.
    upstream.respondWith(
      completion('words of an attempt whose lease has expired unnoticed', { wordPauseMs: 600 }),
      completion('one two three four five six seven eight', { wordPauseMs: 600 }),
    );
    const agent = await startTestAgent({ env: { ...environment(), RUN_LEASE_MS: '3000' }, database });
    const api = createClient(agent.url);
    const session = await api.newSession();
    const { body: run } = await api.post(`/v1/sessions/${session}/runs`, { input: 'talk' });
    const path = `/v1/sessions/${session}/runs/${run.id}`;
    await firstDelta(`${agent.url}${path}/stream`);
    while ((await api.get(path)).body.attempt === 1) await expireLease(run.id);
    await collectEvents(await fetch(`${agent.url}${path}/stream`));
    const { body } = await api.get(path);
    expect([body.status, body.attempt, body.output]).toEqual([
      'completed',
      2,
      'one two three four five six seven eight',
    ]);
    expect((await api.get('/metrics')).body.text).toContain('task_api_leases_lost_total 1');
  });
});

describe('a session that is deleted under its run', () => {
  it('ends the run with it, and the process goes on', async () => {
    upstream.respondWith(completion('talking to nobody in particular', { wordPauseMs: 200 }));
    const agent = await startTestAgent({ env: environment(), database });
    const api = createClient(agent.url);
    const session = await api.newSession();
    const { body: run } = await api.post(`/v1/sessions/${session}/runs`, { input: 'talk' });
    await firstDelta(`${agent.url}/v1/sessions/${session}/runs/${run.id}/stream`);
    expect((await api.delete(`/v1/sessions/${session}`)).status).toBe(204);
    expect((await api.get(`/v1/sessions/${session}/runs/${run.id}`)).status).toBe(404);
    upstream.respondWith(completion('still here'));
    const next = await api.newSession();
    expect((await api.post(`/v1/sessions/${next}/runs/wait`, { input: 'there?' })).body.output).toBe('still here');
    expect(agent.logs.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

async function firstDelta(url: string): Promise<void> {
  const leave = new AbortController();
  const response = await fetch(url, { signal: leave.signal });
  for await (const { type } of readEvents(response)) if (type === 'message.delta') break;
  leave.abort();
}

/** A heartbeat may undo it, so it is done until the run is taken over. */
async function expireLease(run: string): Promise<void> {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query("update runs set lease_until = now() - interval '1 second' where id = $1 and attempt = 1", [run]);
  await client.end();
}

async function untilLogged({ logs }: AgentProcess, text: string): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (!logs.some((line) => line.includes(text))) {
    if (Date.now() > giveUpAt) throw new Error(`"${text}" was not logged: ${logs.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
