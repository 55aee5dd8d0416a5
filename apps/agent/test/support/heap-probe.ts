// Serves a few thousand requests of every kind in a process of its own and prints what is left on the heap after each
// round, in bytes. With `leaking`, it keeps eight kilobytes of every request, which a test for leaks has to notice.
// Usage: node --expose-gc heap-probe.ts <rounds> <requests a round> [leaking]
import { setTimeout as sleep } from 'node:timers/promises';
import { parseConfig } from '../../src/config/parse-config.ts';
import { type Agent, createAgent } from '../../src/create-agent.ts';
import { createLogger } from '../../src/telemetry/create-logger.ts';
import { createAgentDatabase } from './agent-database.ts';

const [, , rounds, requestsPerRound, variant] = process.argv;
const callers = 4;

type Kind = (unique: string) => Promise<unknown>;

const kinds: readonly Kind[] = [
  () => ask({ content: 'the same' }),
  (unique) => ask({ content: `new ${unique}` }, { 'cache-control': 'no-store' }),
  (unique) => ask({ content: `streamed ${unique}`, stream: true }, { 'cache-control': 'no-store' }),
  () => ask({ content: 'the same', stream: true }),
  () => ask({}),
  (unique) => leaveEarly(unique),
  () => read(fetch(`${url}/v1/tasks/00000000-0000-0000-0000-000000000000`)),
  () => run(),
];

const database = await createAgentDatabase();
const agent = await openAgent();
const url = urlOf(agent);
const heapBytes: number[] = [];
for (let round = 0; round < Number(rounds); round += 1) {
  await Promise.all(Array.from({ length: callers }, (_, caller) => serve(round * callers + caller)));
  heapBytes.push(await settledHeapBytes());
}
await agent.stop();
await database.drop();
process.stdout.write(JSON.stringify(heapBytes));

async function openAgent(): Promise<Agent> {
  const env = { PORT: '0', DRAIN_DELAY_MS: '0', RATE_LIMIT_PER_MINUTE: '0', DATABASE_URL: database.url };
  const opened = await createAgent({ config: parseConfig(env), log: createLogger('error') });
  if (variant === 'leaking') leak(opened);
  await opened.start('127.0.0.1');
  return opened;
}

function leak({ app }: Agent): void {
  const kept: string[][] = [];
  app.server.on('request', ({ url = '' }) => void kept.push(Array.from({ length: 1000 }, () => url)));
}

async function serve(caller: number): Promise<void> {
  const each = Math.ceil(Number(requestsPerRound) / callers);
  for (let index = 0; index < each; index += 1) await kinds[index % kinds.length]?.(`${caller} ${index}`);
}

function ask(question: { readonly content?: string; readonly stream?: true }, headers = {}): Promise<string> {
  const { content, stream } = question;
  const body = { model: 'embedded', messages: [{ role: 'user', content }], stream };
  return read(post('/v1/chat/completions', body, { headers }));
}

async function leaveEarly(unique: string): Promise<unknown> {
  const leaving = new AbortController();
  const body = { model: 'task-agent', messages: [{ role: 'user', content: `left ${unique}` }], stream: true };
  const answer = read(post('/v1/chat/completions', body, { signal: leaving.signal })).catch(() => 'left');
  await sleep(2);
  leaving.abort();
  return answer;
}

async function run(): Promise<unknown> {
  const { id } = JSON.parse(await read(post('/v1/sessions', {})));
  return read(post(`/v1/sessions/${id}/runs/wait`, { input: 'show my open tasks' }));
}

function post(path: string, body: object, init: RequestInit = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...init.headers };
  return fetch(`${url}${path}`, { ...init, method: 'POST', headers, body: JSON.stringify(body) });
}

async function read(response: Promise<Response>): Promise<string> {
  return (await response).text();
}

/** Twice, with time in between: what the first collection finalises, the second can free. */
async function settledHeapBytes(): Promise<number> {
  for (let pass = 0; pass < 2; pass += 1) {
    await sleep(100);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

function urlOf({ app }: Agent): string {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the agent does not listen');
  return `http://127.0.0.1:${address.port}`;
}
