import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from '@jest/globals';
import { agentContract } from '@task-api/contract';
import { compileCacheEnvironment } from '@task-api/local-stack';
import { createTestDatabase } from '@task-api/local-stack/testing';
import { Client } from 'pg';
import { check } from '../src/commands/check.ts';
import { initCredentials } from '../src/commands/init-credentials.ts';
import { addCleanup, ownDatabase, startTestRedis, stopTestAgents } from './support/test-agent.ts';

afterAll(stopTestAgents);
const compileCache = await compileCacheEnvironment();
const main = join(import.meta.dirname, '../src/main.ts');

function collect(env: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  return { env, lines, print: (line: string) => void lines.push(line) };
}

describe('check', () => {
  it('reports PostgreSQL and Redis as healthy, each by itself', async () => {
    const io = collect({ DATABASE_URL: (await ownDatabase()).url, REDIS_URL: (await startTestRedis()).url });
    expect(await check(io)).toBe(0);
    expect(io.lines).toEqual([
      expect.stringMatching(/^PostgreSQL: healthy \(schema \d+, required \d+\)$/),
      'Redis: healthy (it answers PING)',
    ]);
  });

  it('fails when one of them is down and still reports the other', async () => {
    const io = collect({ DATABASE_URL: (await ownDatabase()).url, REDIS_URL: 'redis://127.0.0.1:1' });
    expect(await check(io, { patienceMs: 3000 })).toBe(1);
    expect(io.lines[0]).toMatch(/^PostgreSQL: healthy/);
    expect(io.lines[1]).toMatch(/^Redis: unhealthy/);
    const other = collect({
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      REDIS_URL: (await startTestRedis()).url,
    });
    expect(await check(other, { patienceMs: 3000 })).toBe(1);
    expect(other.lines).toEqual([
      expect.stringMatching(/^PostgreSQL: unhealthy .*ECONNREFUSED/),
      'Redis: healthy (it answers PING)',
    ]);
  });

  it('asks again while nothing answers, as in a pod whose network is still being set up', async () => {
    const io = collect({ DATABASE_URL: await slowToConnect((await ownDatabase()).url) });
    expect(await check(io)).toBe(0);
    expect(io.lines).toEqual([expect.stringMatching(/^PostgreSQL: healthy/)]);
  });

  it.each([
    [{ REDIS_URL: 'not a URL' }, 'Redis: unhealthy (REDIS_URL is "no URL"; allowed is redis://… or rediss://…)'],
    [
      { REDIS_URL: 'redis://127.0.0.1:1', REDIS_PASSWORD_FILE: '/does/not/exist' },
      expect.stringMatching(/^Redis: unhealthy \(REDIS_PASSWORD_FILE is "\/does\/not\/exist"; allowed is/),
    ],
    [{ AGENT_URL: 'not a URL' }, 'Agent: unhealthy (AGENT_URL is "no URL"; allowed is http://… or https://…)'],
  ])('fails for a mistake in %j and still reports PostgreSQL', async (mistake, line) => {
    const io = collect({ DATABASE_URL: (await ownDatabase()).url, ...mistake });
    expect(await check(io)).toBe(1);
    expect(io.lines).toEqual([expect.stringMatching(/^PostgreSQL: healthy/), line]);
  });

  it('fails in a schema that is too old', async () => {
    const database = await createTestDatabase();
    addCleanup(() => database.drop());
    const io = collect({ DATABASE_URL: database.url });
    expect(await check(io)).toBe(1);
    expect(io.lines[0]).toMatch(/^PostgreSQL: unhealthy \(schema 0, required \d+\)$/);
  });
});

/** The address of a server that cuts the first two connections. */
async function slowToConnect(target: string): Promise<string> {
  const { hostname, port } = new URL(target);
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    if (connections < 3) return void socket.destroy();
    const upstream = connectTcp(Number(port), hostname);
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  addCleanup(async () => void server.close());
  // A server that listens on TCP has such an address.
  return Object.assign(new URL(target), { host: `127.0.0.1:${(server.address() as AddressInfo).port}` }).href;
}

describe('migrate', () => {
  it('brings an empty database to the schema that serving needs', async () => {
    const database = await createTestDatabase();
    addCleanup(() => database.drop());
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, [main, 'migrate', ...args], {
        env: { ...compileCache, DATABASE_URL: database.url },
        encoding: 'utf8',
      });
    expect(run('up', '--wait-for-db')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\d+ applied, schema is at \d+/),
    });
    expect(run('up')).toMatchObject({ status: 0, stdout: expect.stringMatching(/nothing to apply/) });
    expect(run('verify')).toMatchObject({ status: 0 });
    expect(await check(collect({ DATABASE_URL: database.url }))).toBe(0);
  });

  it('ends as the contract says where a try more would be refused again', async () => {
    const { url } = await ownDatabase();
    const client = new Client(url);
    await client.connect();
    await client.query(`update schema_migrations set checksum = 'of another text' where number = 1`);
    await client.end();
    const env = { ...compileCache, DATABASE_URL: url };
    expect(spawnSync(process.execPath, [main, 'migrate', 'up'], { env, encoding: 'utf8' })).toMatchObject({
      status: agentContract.exitCodes.migrationRefused,
      stdout: expect.stringContaining('checksum'),
    });
  });
});

describe('migrate --json', () => {
  it.each([
    [{}, 'DATABASE_URL is "not set"; allowed is a PostgreSQL URL, here or in DATABASE_URL_FILE'],
    [
      { DATABASE_URL: 'postgres://u@h/d?sslmode=allow' },
      'sslmode of DATABASE_URL is "allow"; allowed is disable, require, verify-ca, verify-full',
    ],
    [
      { DATABASE_URL: 'postgres://u@h/d', MIGRATION_LOCK_TIMEOUT_MS: 'soon' },
      'MIGRATION_LOCK_TIMEOUT_MS is "soon"; allowed is a whole number from 1 to 86400000',
    ],
  ])('reports a mistake in the environment as any other failure: %j', (mistake, message) => {
    const env = { ...compileCache, ...mistake };
    const { status, stdout } = spawnSync(process.execPath, [main, 'migrate', 'up', '--json'], {
      env,
      encoding: 'utf8',
    });
    expect([status, JSON.parse(stdout)]).toEqual([
      1,
      { action: 'up', error: { rule: 'bad-configuration', message }, exitCode: 1 },
    ]);
  });
});

describe('a signal', () => {
  it('ends a command that waits, also where it is the first process of a container', async () => {
    const env = { ...compileCache, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const child = spawn(process.execPath, [main, 'migrate', 'up', '--wait-for-db'], { env });
    const ended = once(child, 'exit');
    const stderr = readText(child.stderr);
    await once(child.stderr, 'data');
    child.kill('SIGTERM');
    // A code of its own: what the kernel does by default, which it does not for process 1, is no code but a signal.
    expect(await ended).toEqual([143, null]);
    expect(await stderr).toMatch(/waiting for PostgreSQL[\s\S]*\nstopped by SIGTERM\n$/);
  });
});

describe('a mistake in the environment', () => {
  it.each([
    [{}, 'DATABASE_URL is "not set"; allowed is a PostgreSQL URL, here or in DATABASE_URL_FILE'],
    [{ DATABASE_URL: 'postgres://u@h/d', PORT: 'http' }, 'PORT is "http"; allowed is a whole number from 0 to 65535'],
  ])('ends serve with a message that names the variable: %j', (env, message) => {
    const { status, stderr } = spawnSync(process.execPath, [main, 'serve'], {
      env: { ...compileCache, ...env },
      encoding: 'utf8',
    });
    expect([status, stderr.trim()]).toEqual([1, message]);
  });
});

describe('init-credentials', () => {
  it('creates the Secret once and never changes it', async () => {
    const api = await startFakeApi();
    const io = collect({
      CREDENTIALS_SECRET_NAME: 'creds',
      POD_NAMESPACE: 'space',
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: String(api.port),
    });
    const options = { serviceAccountDirectory: api.directory };
    expect([await initCredentials(io, options), await initCredentials(io, options)]).toEqual([0, 0]);
    expect(io.lines).toEqual(['Secret space/creds created', 'Secret space/creds exists and is left as it is']);
    const [secret] = api.created;
    expect(Object.keys(secret?.stringData ?? {}).sort()).toEqual([
      'password',
      'postgres-password',
      'redis-password',
      'replication-password',
    ]);
    expect(new Set(Object.values(secret?.stringData ?? {})).size).toBe(4);
    for (const password of Object.values(secret?.stringData ?? {})) expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(api.calls[0]).toBe('POST /api/v1/namespaces/space/secrets Bearer the-token');
  });

  it('is patient with an API that is not there yet, and not with one that forbids it', async () => {
    const api = await startFakeApi([503, 403]);
    const io = collect({
      CREDENTIALS_SECRET_NAME: 'creds',
      POD_NAMESPACE: 'space',
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: String(api.port),
    });
    await expect(initCredentials(io, { serviceAccountDirectory: api.directory })).rejects.toThrow(
      'Secret space/creds could not be created: the Kubernetes API answered 403 (Forbidden)',
    );
    expect(api.calls).toHaveLength(2);
  });
});

interface Created {
  readonly metadata: { readonly name: string };
  readonly stringData: Readonly<Record<string, string>>;
}

/** Answers like the Kubernetes API: the statuses given first, then 201 for a new name and 409 for a known one. */
async function startFakeApi(statuses: readonly number[] = []) {
  const directory = createServiceAccount();
  const calls: string[] = [];
  const created: Created[] = [];
  const credentials = { key: readFileSync(join(directory, 'key.pem')), cert: readFileSync(join(directory, 'ca.crt')) };
  const server = createServer(credentials, async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    calls.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const secret: Created = JSON.parse(text);
    const isKnown = created.some(({ metadata }) => metadata.name === secret.metadata.name);
    const status = statuses[calls.length - 1] ?? (isKnown ? 409 : 201);
    if (status === 201) created.push(secret);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        status === 201 ? secret : { kind: 'Status', reason: status === 403 ? 'Forbidden' : 'Other', message: text },
      ),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  addCleanup(async () => void server.close());
  const address = server.address();
  return { directory, calls, created, port: typeof address === 'object' ? address?.port : undefined };
}

function createServiceAccount(): string {
  const directory = mkdtempSync(join(tmpdir(), 'task-api-test-'));
  const names = ['-subj', '/CN=kubernetes', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', join(directory, 'key.pem'), '-out', join(directory, 'ca.crt')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '1', ...curve, ...names, ...files], { stdio: 'ignore' });
  writeFileSync(join(directory, 'token'), 'the-token\n');
  return directory;
}
