import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, startRedis } from '@task-api/local-stack';
import { migrateUp, readMigrations } from '@task-api/migrations';
import { Client } from 'pg';
import { appVersion } from '../src/app-version.ts';
import { createClient } from './support/api-client.ts';
import { failure, modelOf, startUpstream, type Upstream } from './support/mock-upstream.ts';
import { addCleanup, startTestAgent, startTestRedis, stopTestAgents, type TestAgent } from './support/test-agent.ts';

const planted = {
  ann: 'planted-key-of-ann',
  bob: 'planted-key-of-bob',
  model: 'planted-model-key',
  database: 'planted-database-password',
  redis: 'planted-redis-password',
  prompt: 'planted-prompt-text',
};
let directory: string;
let env: Readonly<Record<string, string>>;
let agent: TestAgent;
let upstream: Upstream;
let api: ReturnType<typeof createClient>;
const as = (key: string) => ({ authorization: `Bearer ${key}` });

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'task-api-test-'));
  addCleanup(async () => rmSync(directory, { recursive: true, force: true }));
  upstream = await startUpstream();
  upstream.respondWith(failure(401));
  env = {
    ...modelOf(upstream),
    MODEL_API_KEY_FILE: written('model', `${planted.model}\n`),
    RATE_LIMIT_PER_MINUTE: '60',
    BODY_LIMIT_BYTES: '2048',
    AUTH_MODE: 'api-key',
    API_KEYS_FILE: written('keys', `# who may come in\n${sha256(planted.ann)} ann\n${sha256(planted.bob)} bob\n`),
  };
  agent = await startTestAgent({ env, redis: await startTestRedis() });
  api = createClient(agent.url);
});
afterAll(stopTestAgents);

describe('API keys', () => {
  it.each([
    ['no key', {}],
    ['an unknown key', as('wrong')],
    ['another scheme', { authorization: 'Basic YTpi' }],
  ])('refuses %s', async (_name, headers) => {
    const answer = await api.get('/v1/tasks', headers);
    expect([answer.status, answer.body.error.code, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'unauthenticated',
      'Bearer',
    ]);
  });

  it('answers in the shape of OpenAI on its routes', async () => {
    expect((await api.get('/v1/models')).body.error.type).toBe('authentication_error');
  });

  it('separates tenants', async () => {
    const { body: task } = await api.post('/v1/tasks', { title: 'of ann' }, as(planted.ann));
    const { body: session } = await api.post('/v1/sessions', {}, as(planted.ann));
    for (const path of [`/v1/tasks/${task.id}`, `/v1/sessions/${session.id}`, `/v1/sessions/${session.id}/messages`]) {
      expect((await api.get(path, as(planted.ann))).status).toBe(200);
      expect((await api.get(path, as(planted.bob))).status).toBe(404);
    }
    expect((await api.post(`/v1/sessions/${session.id}/runs`, { input: 'x' }, as(planted.bob))).status).toBe(404);
    expect((await api.delete(`/v1/tasks/${task.id}`, as(planted.bob))).status).toBe(404);
    expect((await api.get('/v1/tasks', as(planted.bob))).body.data).toEqual([]);
  });

  it('leaves probes, metrics and the page open', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/', '/openapi.json', '/docs'])
      expect((await api.get(path)).status).toBe(200);
  });
});

describe('limits', () => {
  it('refuses a body that is too large', async () => {
    const { status, body } = await api.post('/v1/tasks', { title: 'x', notes: 'y'.repeat(3000) }, as(planted.ann));
    expect([status, body.error.code, body.error.message]).toEqual([
      413,
      'body-too-large',
      'the request body is larger than 2048 bytes',
    ]);
  });

  it.each([
    ['text/plain', 'x', 415],
    ['application/json', '{', 400],
    ['application/json', '', 400],
  ])('refuses %s with "%s"', async (type, body, status) => {
    const response = await fetch(`${agent.url}/v1/tasks`, {
      method: 'POST',
      headers: { ...as(planted.ann), 'content-type': type },
      body,
    });
    expect(response.status).toBe(status);
  });

  it.each([
    ['/', "script-src 'self'", 'no-referrer'],
    ['/docs', "script-src 'self'", 'no-referrer'],
    ['/v1/models', "frame-ancestors 'none'", null],
    ['/nowhere', "frame-ancestors 'none'", null],
  ])('sends strict security headers with %s', async (path, policy, referrer) => {
    const { headers } = await api.get(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain(policy);
    expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', referrer]);
  });
});

describe('planted secrets', () => {
  it('appear in no log, error or metric, even when everything fails', async () => {
    const servers = await startLockedServers();
    const guarded = await startTestAgent({ ...servers, env: { ...env, ...passwordFiles() } });
    const { get, post } = createClient(guarded.url);
    const seen: string[] = [];
    const note = async (answer: Promise<{ readonly body: object }>) =>
      void seen.push(JSON.stringify((await answer).body));
    const chat = { model: 'rec', messages: [{ role: 'user', content: planted.prompt }] };
    const { body: session } = await post('/v1/sessions', {}, as(planted.ann));
    expect((await get('/readyz')).status).toBe(200);
    expect(guarded.services.redis.state).toBe('up');
    for (const breakMore of [async () => undefined, servers.interrupt, servers.stop]) {
      await breakMore();
      await note(post('/v1/chat/completions', chat, as(planted.ann)));
      await note(post('/v1/chat/completions', `{"model": ${planted.prompt}`, as(planted.ann)));
      await note(get(`/v1/tasks?cursor=x&key=1`, as(planted.ann)));
      await note(get('/nowhere', as(planted.ann)));
      await note(post(`/v1/sessions/${session.id}/runs/wait`, { input: planted.prompt }, as(planted.ann)));
    }
    seen.push(await (await fetch(`${guarded.url}/metrics`)).text(), ...guarded.logs);
    expect(upstream.requests.at(-1)?.authorization).toBe(`Bearer ${planted.model}`);
    expect(guarded.logs.filter((line) => line.includes('an idle database connection broke'))).not.toEqual([]);
    for (const secret of Object.values(planted)) expect(seen.filter((text) => text.includes(secret))).toEqual([]);
  });
});

describe('the rate limit', () => {
  it('refuses what goes beyond it, for that tenant alone', async () => {
    const answers = await Promise.all(Array.from({ length: 70 }, () => api.get('/v1/models', as(planted.ann))));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.body.error.code).toBe('rate-limited');
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.get('/v1/models', as(planted.bob))).status).toBe(200);
  });
});

describe('the rate limit of several replicas', () => {
  const limit = { RATE_LIMIT_PER_MINUTE: '20' };
  const askMany = (url: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => createClient(url).get('/v1/models')));
  const refusedOf = (answers: Awaited<ReturnType<typeof askMany>>) =>
    answers.filter(({ status }) => status === 429).length;

  it('is one limit as long as Redis adds up what each has seen', async () => {
    const redis = await startTestRedis();
    const first = await startTestAgent({ env: limit, redis, database: agent.database });
    const second = await startTestAgent({ env: limit, redis, database: agent.database });
    await withinOneMinute(async () => {
      await askMany(first.url, 20);
      // What one has seen reaches the other with its own next request and a moment.
      await askMany(second.url, 1);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(refusedOf(await askMany(second.url, 5))).toBe(5);
    });
  });

  it('is one limit for each without Redis: it fails open, and not to nothing', async () => {
    const alone = await startTestAgent({ env: limit, database: agent.database });
    await withinOneMinute(async () => {
      expect(refusedOf(await askMany(alone.url, 20))).toBe(0);
      expect(refusedOf(await askMany(alone.url, 5))).toBe(5);
    });
  });
});

/** The count begins anew with each minute of the clock: work that would cross into the next one waits for it. */
async function withinOneMinute(work: () => Promise<void>): Promise<void> {
  const leftMs = 60_000 - (Date.now() % 60_000);
  const neededMs = 15_000;
  if (leftMs < neededMs) await new Promise((resolve) => setTimeout(resolve, leftMs));
  await work();
}

/** PostgreSQL and Redis that let nobody in without the planted passwords. */
async function startLockedServers() {
  chmodSync(directory, 0o711);
  const postgres = await startPostgres({
    directory: join(directory, 'postgres'),
    password: planted.database,
    storage: 'fast',
  });
  const redis = await startRedis({ password: planted.redis });
  const stop = async () => void (await Promise.all([postgres.stop(), redis.stop()]));
  addCleanup(stop);
  const connectionString = postgres.url().replace('@', `:${planted.database}@`);
  await migrateUp({ connection: { connectionString }, migrations: await readMigrations(), appVersion });
  return {
    database: { name: 'postgres', url: postgres.url(), drop: async () => undefined },
    redis,
    interrupt: () => endConnections(connectionString),
    stop,
  };
}

async function endConnections(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'task-api'`);
  await client.end();
}

function passwordFiles() {
  return {
    DATABASE_PASSWORD_FILE: written('database', planted.database),
    REDIS_PASSWORD_FILE: written('redis', planted.redis),
  };
}

function written(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
