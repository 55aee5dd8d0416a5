import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@task-api/local-stack/testing';
import pg from 'pg';
import { startAgentProcess } from './support/agent-process.ts';
import { collectEvents, createClient } from './support/api-client.ts';
import {
  completion,
  type Respond,
  startUpstream,
  toolCall,
  type Upstream,
  uncachedModelOf,
} from './support/mock-upstream.ts';
import { ownDatabase, startTestAgent, stopTestAgents } from './support/test-agent.ts';

let database: TestDatabase;
let upstream: Upstream;
beforeAll(async () => {
  database = await ownDatabase();
  upstream = await startUpstream();
});
afterAll(stopTestAgents);

const environment = () => ({ DATABASE_URL: database.url, ...uncachedModelOf(upstream) });

/** Adds one task, then answers slowly: there is time to kill between the side effect and the end. */
const addsThenTalks: Respond = (response, request) => {
  const hasResult = request.body.messages.at(-1)?.role === 'tool';
  const title = String(JSON.stringify(request.body.messages[1]?.content)).replace(/\W+/g, ' ').trim();
  const respond = hasResult
    ? completion('this answer takes a while to be told', { wordPauseMs: 150 })
    : toolCall('create_task', { title });
  return respond(response, request);
};

describe.each(['SIGTERM', 'SIGKILL'] as const)('a run whose process gets %s', (signal) => {
  it('is completed by another one, and its side effect happened once', async () => {
    upstream.respondWith(addsThenTalks);
    const victim = await startAgentProcess(environment());
    const survivor = await startAgentProcess({ ...environment(), WORKERS: '4' });
    // Only the victim executes at first.
    survivor.child.kill('SIGSTOP');
    const api = createClient(victim.url);
    const session = await api.newSession();
    const { body: run } = await api.post(`/v1/sessions/${session}/runs`, { input: `survives ${signal}` });
    await until(async () => (await countEvents(run.id, 'message.delta')) > 0);
    survivor.child.kill('SIGCONT');
    victim.child.kill(signal);
    const events = await collectEvents(await fetch(`${survivor.url}/v1/sessions/${session}/runs/${run.id}/stream`));
    expect(events.at(-1)?.type).toBe('run.completed');
    expect(events.at(-1)?.data.output).toBe('this answer takes a while to be told');
    expect(events.filter(({ type }) => type === 'run.completed')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'run.resumed')).toHaveLength(1);
    const rest = await fetch(`${survivor.url}/v1/sessions/${session}/runs/${run.id}/stream`, {
      headers: { 'last-event-id': '4' },
    });
    expect(await collectEvents(rest)).toEqual(events.slice(4));
    const after = createClient(survivor.url);
    expect((await after.get(`/v1/tasks?search=survives%20${signal}`)).body.data).toHaveLength(1);
    expect(await victim.exited).toBe(signal === 'SIGTERM' ? 0 : 'SIGKILL');
    survivor.child.kill('SIGTERM');
    expect(await survivor.exited).toBe(0);
  });
});

describe('two replicas on one database', () => {
  it('execute every queued run once', async () => {
    const [first] = [await startTestAgent({ database }), await startTestAgent({ database })];
    const api = createClient(first.url);
    const runs = 60;
    await Promise.all(Array.from({ length: runs }, (_, index) => queueRun(api, `add a task: queued number ${index}.`)));
    await until(async () => (await unfinishedRuns()) === 0);
    const { rows } = await query(
      "select count(*)::int as tasks, count(distinct title)::int as titles from tasks where title like 'queued number%'",
    );
    expect(rows[0]).toEqual({ tasks: runs, titles: runs });
    const owners = await query("select count(*)::int as count from runs where status = 'completed' and attempt = 1");
    expect(owners.rows[0].count).toBeGreaterThanOrEqual(runs);
  });

  it('keep the runs of one session in order', async () => {
    const { url } = await startTestAgent({ database });
    const api = createClient(url);
    const session = await api.newSession();
    for (const title of ['first', 'second', 'third']) {
      await api.post(`/v1/sessions/${session}/runs`, {
        input: `add a task: ordered ${title}`,
        multitask_strategy: 'enqueue',
      });
    }
    const [newest] = (await api.get(`/v1/sessions/${session}/runs`)).body.data;
    await collectEvents(await fetch(`${url}/v1/sessions/${session}/runs/${newest?.id}/stream`));
    const { body } = await api.get(`/v1/sessions/${session}/messages`);
    expect(body.data.filter(({ role }) => role === 'user').map(({ content }) => content[0]?.text)).toEqual([
      'add a task: ordered first',
      'add a task: ordered second',
      'add a task: ordered third',
    ]);
  });
});

async function queueRun(api: ReturnType<typeof createClient>, input: string): Promise<void> {
  const session = await api.newSession();
  await api.post(`/v1/sessions/${session}/runs`, { input });
}

async function query(text: string, values: readonly unknown[] = []) {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    return await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

async function countEvents(runId: string, kind: string): Promise<number> {
  return (await query('select count(*)::int as count from run_events where run_id = $1 and kind = $2', [runId, kind]))
    .rows[0].count;
}

async function unfinishedRuns(): Promise<number> {
  return (await query("select count(*)::int as count from runs where status in ('queued', 'running')")).rows[0].count;
}

async function until(condition: () => Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
