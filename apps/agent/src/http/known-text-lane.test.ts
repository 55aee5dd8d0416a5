import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Lookup } from '../cache/answer-store.ts';
import type { CachedAnswer } from '../cache/cached-answer.ts';
import { createLogger } from '../telemetry/create-logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { noTracing } from '../telemetry/tracing.ts';
import type { Gate } from './admission.ts';
import { KnownTextLane, type LaneOptions, type SeenRequest } from './known-text-lane.ts';

const question = '{"model":"mock","messages":[]}';
const kept: CachedAnswer = { storedAtMs: Date.now() - 5500, completion: '{"id":"chatcmpl-ü"}' };
const allowed = { isAllowed: true, limit: 9, remaining: 8, resetSeconds: 1 };
const refused = { ...allowed, isAllowed: false, remaining: 0 };

interface Situation {
  readonly local?: CachedAnswer;
  readonly shared?: Lookup;
  readonly decision?: typeof allowed;
  readonly readiness?: { isDraining: boolean };
  readonly auth?: 'off' | 'api-keys';
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** A lane that knows the question, before a handler that notes what is passed on and sends it back. */
async function openLane({ local, shared, decision, readiness = { isDraining: false }, auth = 'off' }: Situation) {
  const metrics = createMetrics();
  const limiter = decision && { take: () => decision };
  const gate = { config: { auth: { mode: auth } }, apiKeys: { tenantOf: () => undefined }, limiter };
  // Redis answers when the whole request has long been there.
  const inference = { recall: () => local, recallShared: () => sleep(20, shared) };
  const options = {
    inference,
    log: createLogger('error'),
    metrics,
    readiness,
    tracing: noTracing,
    gate: gate as unknown as Gate,
  };
  // Of the services, nothing else is used here.
  const lane = new KnownTextLane(options as unknown as LaneOptions);
  const passed: (SeenRequest | undefined)[] = [];
  const server = createServer((request, response) =>
    lane.handle(request, response, async () => {
      passed.push(lane.seen(request));
      const body = await readText(request);
      lane.remember(request, 'key');
      response.end(`passed on: ${body}`);
    }),
  );
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // It listens on a port.
  return { ask: (options: Asking = {}) => ask(port, options), passed, metrics, port };
}

interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, as it is written. */
  readonly pieces?: readonly string[];
}

async function ask(port: number, { headers = {}, pieces = [question] }: Asking) {
  const length = 'transfer-encoding' in headers ? {} : { 'content-length': Buffer.byteLength(pieces.join('')) };
  const place = { port, host: '127.0.0.1', method: 'POST', path: '/v1/chat/completions' };
  const request = httpRequest({ ...place, headers: { 'content-type': 'application/json', ...length, ...headers } });
  const answered = once(request, 'response');
  for (const piece of pieces) {
    request.write(piece);
    if (pieces.length > 1) await sleep(50);
  }
  request.end();
  const [response]: IncomingMessage[] = await answered;
  if (response === undefined) throw new Error('there is no response');
  return { headers: response.headers, body: await readText(response) };
}

describe('KnownTextLane', () => {
  it('passes on what nobody has asked yet, and answers it from then on', async () => {
    const { ask, passed, metrics } = await openLane({ local: kept, decision: allowed });
    expect((await ask()).body).toBe(`passed on: ${question}`);
    const { body, headers } = await ask({ headers: { 'x-request-id': 'request-1' } });
    expect(body).toBe(kept.completion);
    expect(headers).toMatchObject({
      'x-cache': 'HIT',
      'x-request-id': 'request-1',
      'x-content-type-options': 'nosniff',
      'x-ratelimit-limit': '9',
      'x-ratelimit-remaining': '8',
      'content-type': 'application/json; charset=utf-8',
      age: '5',
    });
    expect(passed).toHaveLength(1);
    expect((await metrics.httpRequests.get()).values).toMatchObject([{ value: 1, labels: { status: 200 } }]);
  });

  it('sends what Redis still holds', async () => {
    const { ask } = await openLane({ shared: { state: 'found', entry: kept } });
    await ask();
    expect((await ask()).body).toBe(kept.completion);
  });

  it('passes on what Redis does not hold, and says so, so that it is not asked again', async () => {
    const { ask, passed } = await openLane({ shared: { state: 'unanswered' } });
    await ask();
    expect((await ask()).body).toBe(`passed on: ${question}`);
    expect(passed).toMatchObject([{ text: question }, { text: question, lookup: 'unanswered' }]);
  });

  it.each([
    ['that has an idempotency key', { headers: { 'idempotency-key': 'a key' } }],
    ['that says how to use the cache', { headers: { 'cache-control': 'no-cache' } }],
    ['of another type', { headers: { 'content-type': 'text/plain' } }],
    ['whose length is not told', { headers: { 'transfer-encoding': 'chunked' } }],
    ['that comes in pieces', { pieces: [question.slice(0, 9), question.slice(9)] }],
    ['that is too long to be known', { pieces: [`${question}${' '.repeat(20_000)}`] }],
  ])('passes on, as it came, a request %s', async (_what, asking: Asking) => {
    const { ask, passed } = await openLane({ local: kept });
    await ask();
    expect((await ask(asking)).body).toBe(`passed on: ${(asking.pieces ?? [question]).join('')}`);
    expect(passed[1]?.text).toBeUndefined();
  });

  it('leaves it to the framework to refuse, and has counted the request already', async () => {
    const { ask, passed } = await openLane({ local: kept, decision: refused });
    await ask();
    expect((await ask()).body).toBe(`passed on: ${question}`);
    expect(passed[1]?.admission.decision).toBe(refused);
    const stranger = await openLane({ local: kept, auth: 'api-keys' });
    await stranger.ask();
    expect((await stranger.ask()).body).toBe(`passed on: ${question}`);
    expect(stranger.passed).toEqual([undefined, undefined]);
  });

  it('answers nothing while the process goes, so that connections are closed', async () => {
    const readiness = { isDraining: false };
    const { ask } = await openLane({ local: kept, readiness });
    await ask();
    readiness.isDraining = true;
    expect((await ask()).body).toBe(`passed on: ${question}`);
  });

  it('answers several requests of one connection in their order', async () => {
    const { ask, port } = await openLane({ local: kept });
    await ask();
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n`;
    const known = `${head}content-length: ${question.length}\r\n\r\n${question}`;
    const other = question.replace('mock', 'else');
    const socket = createConnection(port, '127.0.0.1');
    const last = `${head}connection: close\r\ncontent-length: ${other.length}\r\n\r\n${other}`;
    socket.end(`${known}${known}${last}`);
    const bodies = (await readText(socket)).match(/\{"id.*\}|passed on: .*\}/g);
    expect(bodies).toEqual([kept.completion, kept.completion, `passed on: ${other}`]);
  });
});
