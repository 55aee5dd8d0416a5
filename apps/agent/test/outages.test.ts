import { mkdtempSync, readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findFreePort, type PostgresServer, startPostgres } from '@task-api/local-stack';
import { migrateUp, readMigrations } from '@task-api/migrations';
import { appVersion } from '../src/app-version.ts';
import { collectEvents, createClient } from './support/api-client.ts';
import { completion, startUpstream, type Upstream, uncachedModelOf } from './support/mock-upstream.ts';
import { addCleanup, startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

let directory: string;
let port: number;
let postgres: PostgresServer;
let upstream: Upstream;
let agent: TestAgent;
let api: ReturnType<typeof createClient>;

const start = () => startPostgres({ directory, port, storage: 'fast' });

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'task-api-outage-'));
  await chmod(directory, 0o711);
  port = await findFreePort();
  postgres = await start();
  addCleanup(() => postgres.stop());
  upstream = await startUpstream();
  const url = postgres.url();
  await migrateUp({ connection: { connectionString: url }, migrations: await readMigrations(), appVersion });
  const env = {
    DATABASE_URL: url,
    ...uncachedModelOf(upstream),
  };
  agent = await startTestAgent({ env });
  api = createClient(agent.url);
});
afterAll(stopTestAgents);

describe('PostgreSQL frozen', () => {
  it('is a 503 after a few seconds, not a request that hangs; the process lives and goes on when it thaws', async () => {
    const frozen = processesOf(postgres);
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    try {
      const answers = await Promise.all([api.get('/v1/tasks'), api.post('/v1/tasks', { title: 'x' })]);
      expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
        [503, 'database-unavailable'],
        [503, 'database-unavailable'],
      ]);
      expect((await api.get('/readyz')).body.checks.database).toBe('down');
      expect((await api.get('/healthz')).status).toBe(200);
    } finally {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
    }
    await eventuallyReady();
    expect((await api.get('/v1/tasks')).status).toBe(200);
  });
});

describe('PostgreSQL restarting', () => {
  it('in the middle of a run does not lose it, and the process stays alive', async () => {
    upstream.respondWith(completion('a longer answer that outlasts the restart', { wordPauseMs: 150 }));
    const session = await api.newSession();
    const { body: run } = await api.post(`/v1/sessions/${session}/runs`, { input: 'talk' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await postgres.stop();
    expect((await api.get('/readyz')).status).toBe(503);
    expect((await api.get('/v1/tasks')).body.error.code).toBe('database-unavailable');
    expect((await api.get('/healthz')).status).toBe(200);
    postgres = await start();
    const last = await finalEvent(`${agent.url}/v1/sessions/${session}/runs/${run.id}/stream`);
    expect([last?.type, last?.data.output]).toEqual(['run.completed', 'a longer answer that outlasts the restart']);
    expect((await api.get('/readyz')).status).toBe(200);
  });

  it('loses no write that was acknowledged', async () => {
    const acknowledged: string[] = [];
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let index = 0; index < 60; index += 1) {
        const { status, body } = await api.post('/v1/tasks', { title: `write ${writer}.${index}` });
        if (status === 201) acknowledged.push(body.id);
        else await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await postgres.stop();
    postgres = await start();
    await Promise.all(writers);
    const missing = [];
    for (const id of acknowledged) if ((await api.get(`/v1/tasks/${id}`)).status !== 200) missing.push(id);
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });
});

/** The server and its sessions, each of which is a process. */
function processesOf({ pid }: PostgresServer): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [pid, ...children.split(' ').filter(Boolean).map(Number)];
}

async function eventuallyReady(): Promise<void> {
  for (let attempt = 1; (await api.get('/readyz')).status !== 200; attempt += 1) {
    if (attempt === 100) throw new Error('the agent did not become ready again');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function finalEvent(url: string) {
  for (let attempt = 1; attempt < 50; attempt += 1) {
    const response = await fetch(url);
    const last = response.status === 200 ? (await collectEvents(response)).at(-1) : undefined;
    if (last?.type.startsWith('run.')) return last;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return undefined;
}
