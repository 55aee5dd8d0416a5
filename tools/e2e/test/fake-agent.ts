import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What is wrong with the agent that a load meets. */
export interface Defects {
  /** Forgets the task with this number. */
  readonly loses?: number;
  /** Stores the task with this number twice. */
  readonly doubles?: number;
  /** Answers the request with this number with status 503. */
  readonly refuses?: number;
  /** Cuts the connection of the request with this number. */
  readonly cuts?: number;
  /** Leaves every run as it is. */
  readonly stalls?: boolean;
  /** Ends the first stream of every run with the event of a drain. */
  readonly drains?: boolean;
}

export interface FakeAgent {
  readonly baseUrl: string;
  /** Connections that were opened so far. */
  connections(): number;
  close(): Promise<void>;
}

interface Memory {
  readonly titles: string[];
  tasks: number;
  requests: number;
}

/** Enough of the agent's API to see what a load makes of its answers, right and wrong ones. */
export async function startFakeAgent(defects: Defects = {}): Promise<FakeAgent> {
  const memory: Memory = { titles: [], tasks: 0, requests: 0 };
  let connections = 0;
  const server = createServer((request, response) => void answer(request, response, { memory, defects }));
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    connections: () => connections,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Context {
  readonly memory: Memory;
  readonly defects: Defects;
}

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const { memory, defects } = context;
  const body = await text(request);
  memory.requests += 1;
  if (memory.requests === defects.cuts) return void request.socket.destroy();
  if (memory.requests === defects.refuses) return send(response, 503, { error: { code: 'draining' } });
  const { method, url = '' } = request;
  const route = routes.find((candidate) => candidate.method === method && candidate.path.test(url));
  if (route === undefined) return send(response, 404, { error: { code: 'not-found' } });
  route.answer(response, { ...context, body: body === '' ? {} : JSON.parse(body) });
}

interface Call extends Context {
  readonly body: { readonly title?: string; readonly input?: string; readonly stream?: boolean };
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (response: ServerResponse, call: Call) => void;
}

const routes: readonly Route[] = [
  { method: 'POST', path: /^\/v1\/tasks$/, answer: createTask },
  { method: 'GET', path: /^\/v1\/tasks(\?|$)/, answer: listTasks },
  { method: 'GET', path: /^\/v1\/tasks\//, answer: (response) => send(response, 200, {}) },
  { method: 'POST', path: /^\/v1\/chat\/completions$/, answer: complete },
  { method: 'POST', path: /^\/v1\/sessions$/, answer: (response) => send(response, 201, { id: 's' }) },
  { method: 'POST', path: /\/runs$/, answer: startRun },
  { method: 'POST', path: /\/runs\/stream$/, answer: streamRun },
  { method: 'GET', path: /\/runs\/r\/stream$/, answer: (response) => sendEvents(response, 'run.completed') },
  { method: 'GET', path: /\/runs\/r$/, answer: readRun },
];

function createTask(response: ServerResponse, { memory, defects, body }: Call): void {
  memory.tasks += 1;
  const { title = '' } = body;
  if (memory.tasks !== defects.loses) memory.titles.push(title);
  if (memory.tasks === defects.doubles) memory.titles.push(title);
  send(response, 201, { id: `t${memory.tasks}` });
}

/** In pages of two, so that whoever counts has to turn them. */
function listTasks(response: ServerResponse, { memory }: Call): void {
  const from = Number(new URL(response.req.url ?? '', 'http://agent').searchParams.get('cursor') ?? 0);
  const data = memory.titles.slice(from, from + 2).map((title) => ({ title }));
  send(response, 200, { data, next_cursor: from + 2 < memory.titles.length ? String(from + 2) : null });
}

function complete(response: ServerResponse, { body }: Call): void {
  response.setHeader('x-cache', 'HIT');
  if (body.stream === true) response.end('data: {}\n\ndata: [DONE]\n\n');
  else send(response, 200, {});
}

function startRun(response: ServerResponse, { memory, body }: Call): void {
  memory.titles.push((body.input ?? '').replace('add a task: ', ''));
  send(response, 202, { id: 'r' });
}

function streamRun(response: ServerResponse, { memory, defects, body }: Call): void {
  memory.titles.push((body.input ?? '').replace('add a task: ', ''));
  response.setHeader('x-run-id', 'r');
  sendEvents(response, defects.drains === true ? 'shutdown' : 'run.completed');
}

function readRun(response: ServerResponse, { defects }: Call): void {
  send(response, 200, { status: defects.stalls === true ? 'running' : 'completed' });
}

function sendEvents(response: ServerResponse, last: string): void {
  response.setHeader('content-type', 'text/event-stream');
  response.end(`id: 1\nevent: run.started\ndata: {}\n\nid: 2\nevent: ${last}\ndata: {}\n\n`);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
