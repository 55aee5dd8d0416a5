import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from './support/api-client.ts';
import { sendRaw } from './support/send-raw.ts';
import { startTestAgent, stopTestAgents, type TestAgent } from './support/test-agent.ts';

const key = 'key-of-ann';
const authorization = `Bearer ${key}`;
let agent: TestAgent;
let documented: readonly DocumentedRoute[];
beforeAll(async () => {
  const keys = join(mkdtempSync(join(tmpdir(), 'task-api-test-')), 'keys');
  writeFileSync(keys, `${createHash('sha256').update(key).digest('hex')} ann\n`);
  const env = { AUTH_MODE: 'api-key', API_KEYS_FILE: keys, RATE_LIMIT_PER_MINUTE: '100000' };
  agent = await startTestAgent({ env });
  documented = await readRoutes(agent.url);
});
afterAll(stopTestAgents);

const ask = (target: string, headers = {}) => sendRaw(agent.url, { method: 'GET', target, headers });

/** Other ways to write a path that lead to the same route. */
const spellings: readonly (readonly [string, (path: string) => string])[] = [
  ['as it is', (path) => path],
  ['with an encoded letter', (path) => path.replace('/v', '/%76')],
  ['with an encoded digit', (path) => path.replace('/v1', '/v%31')],
  ['in absolute form', (path) => `http://elsewhere${path}`],
  ['in absolute form with another scheme', (path) => `HTTPS://elsewhere:1${path}`],
  ['in absolute form and encoded', (path) => `http://elsewhere${path.replace('/v', '/%76')}`],
  ['with a slash at its end', (path) => `${path}/`],
];

/** Ways to write a path that look like it and lead to no route. */
const lookalikes: readonly (readonly [string, (path: string) => string])[] = [
  ['with two slashes', (path) => `/${path}`],
  ['with two slashes inside', (path) => path.replace('/v1', '/v1/')],
  ['in capitals', (path) => path.toUpperCase()],
  ['with a dot', (path) => `/.${path}`],
  ['with an encoded slash', (path) => path.replace('/v1/', '/v1%2f')],
  ['encoded twice', (path) => path.replace('/v', '/%2576')],
  ['with a parameter', (path) => `${path};x`],
  ['of another scheme', (path) => `ftp://elsewhere${path}`],
];

describe('without a key', () => {
  it.each([...spellings, ...lookalikes])('no route of the API is reached by its path %s', async (_how, spell) => {
    const answers = documented.map(({ method, path }) => sendRaw(agent.url, { method, target: spell(path) }));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(documented.map(() => 401));
  });

  it.each([
    ['no host', 'http:///v1/tasks'],
    ['a fragment in place of a path', 'http://elsewhere#/v1/tasks'],
    ['a broken code', '/v1/tasks/%zz'],
    ['no slash', 'v1/tasks'],
  ])('a target with %s is refused for itself', async (_what, target) => {
    expect((await ask(target)).status).toBe(400);
  });

  it('nothing says whether a path is a route', async () => {
    const { status, body } = await ask('/nowhere');
    expect([status, JSON.parse(body).error.code]).toEqual([401, 'unauthenticated']);
  });

  it.each(['/healthz', '/%68ealthz', 'http://elsewhere/healthz?/v1/', '/', '/docs', '/openapi.json'])(
    'the open route behind %s answers, also to HEAD',
    async (target) => {
      expect((await ask(target)).status).toBe(200);
      expect((await sendRaw(agent.url, { method: 'HEAD', target })).status).toBe(200);
    },
  );
});

describe('with a key', () => {
  it.each(spellings)('a path %s leads to its route, and the request is counted', async (_how, spell) => {
    const { status, head } = await ask(spell('/v1/tasks'), { authorization });
    expect([status, /x-ratelimit-limit: \d+/.exec(head)?.[0]]).toEqual([200, 'x-ratelimit-limit: 100000']);
  });

  it.each(lookalikes)('a path %s leads nowhere, and the request is counted', async (_how, spell) => {
    const { status, head } = await ask(spell('/v1/tasks'), { authorization });
    expect([status, /x-ratelimit-limit: \d+/.exec(head)?.[0]]).toEqual([404, 'x-ratelimit-limit: 100000']);
  });

  it('a task that was made by an odd path is of the tenant of the key', async () => {
    const body = JSON.stringify({ title: 'of ann' });
    const target = 'http://elsewhere/%761/tasks';
    const { status } = await sendRaw(agent.url, { method: 'POST', target, headers: { authorization }, body });
    const { body: tasks } = await createClient(agent.url).get('/v1/tasks', { authorization });
    expect([status, tasks.data.map(({ title }) => title)]).toEqual([201, ['of ann']]);
  });
});

describe('the answers of the routes of OpenAI', () => {
  it.each(spellings)('have their shape for a path %s', async (_how, spell) => {
    const headers = { authorization };
    const refused = await ask(spell('/v1/models'));
    const unknown = await ask(spell('/v1/models/none'), headers);
    const invalid = await sendRaw(agent.url, {
      method: 'POST',
      target: spell('/v1/chat/completions'),
      headers,
      body: '{}',
    });
    const errors = [refused, unknown, invalid].map(({ body }) => JSON.parse(body).error);
    expect(errors.map(({ type }) => type)).toEqual([
      'authentication_error',
      'invalid_request_error',
      'invalid_request_error',
    ]);
    for (const error of errors) expect(Object.keys(error)).toEqual(['message', 'type', 'param', 'code']);
  });
});

describe('the metrics', () => {
  it('name routes by their templates alone, whatever was asked', async () => {
    for (const [, spell] of [...spellings, ...lookalikes]) await ask(spell('/v1/tasks/one-of-many'), { authorization });
    const { body } = await createClient(agent.url).get('/metrics');
    const named = [...body.text.matchAll(/^task_api_http_requests_total\{.*route="([^"]*)"/gm)].map(
      ([, route]) => route,
    );
    const templates = documented.map(({ template }) => template);
    const others = ['unknown', '/', '/healthz', '/openapi.json', '/docs', '/metrics'];
    expect([...new Set(named)].filter((route = '') => ![...templates, ...others].includes(route))).toEqual([]);
    expect(named).toEqual(expect.arrayContaining(['unknown', '/v1/tasks/:id']));
  });
});

interface DocumentedRoute {
  readonly method: string;
  /** As the framework writes it. */
  readonly template: string;
  /** With ids in the place of parameters. */
  readonly path: string;
}

async function readRoutes(url: string): Promise<readonly DocumentedRoute[]> {
  const { paths } = JSON.parse(await (await fetch(`${url}/openapi.json`)).text());
  return Object.entries<object>(paths).flatMap(([documentedPath, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      template: documentedPath.replace(/\{(\w+)\}/g, ':$1'),
      path: documentedPath.replace(/\{\w+\}/g, '019f0000-0000-7000-8000-000000000000'),
    })),
  );
}
