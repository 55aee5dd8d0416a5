import { Agent, type IncomingMessage, request as openRequest } from 'node:http';

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a service says before the body of its answer. */
export interface HttpHead {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
}

export interface HttpAnswer extends HttpHead {
  readonly body: string;
  readonly connection: 'new' | 'kept';
}

/** A request that got no whole answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly connection: 'new' | 'kept';

  constructor(message: string, connection: 'new' | 'kept') {
    super(message);
    this.connection = connection;
  }
}

export interface HttpClientOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Connections that stay open between requests, or a new one each time. */
  readonly connections: 'kept' | 'new';
}

/** `onHead` hears of an answer as it begins, also of one that is cut afterwards. */
export type HttpClient = (request: HttpRequest, onHead?: (head: HttpHead) => void) => Promise<HttpAnswer>;

/** Sends requests as they are, never twice: nothing here hides a failure. */
export function httpClient({ baseUrl, timeoutMs, connections }: HttpClientOptions): HttpClient {
  const agent = new Agent({ keepAlive: connections === 'kept', maxSockets: 256 });
  return (request, onHead) => send({ agent, baseUrl, timeoutMs, onHead }, request);
}

interface Connection {
  readonly agent: Agent;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly onHead: ((head: HttpHead) => void) | undefined;
}

function send(
  { agent, baseUrl, timeoutMs, onHead }: Connection,
  { method, path, body, headers }: HttpRequest,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const type = payload === undefined ? {} : { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(timeoutMs);
    const outgoing = openRequest(new URL(path, baseUrl), { method, agent, signal, headers: { ...type, ...headers } });
    const connection = () => (outgoing.reusedSocket ? 'kept' : 'new');
    const fail = (error: Error) =>
      reject(new NoAnswer(signal.aborted ? `no whole answer within ${timeoutMs} ms` : describe(error), connection()));
    outgoing.once('error', fail);
    outgoing.once('response', (incoming) => {
      const head = { status: incoming.statusCode ?? 0, headers: incoming.headers };
      onHead?.(head);
      readWhole(incoming).then((text) => resolve({ ...head, body: text, connection: connection() }), fail);
    });
    outgoing.end(payload);
  });
}

async function readWhole(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8');
  let text = '';
  for await (const part of incoming) text += part;
  return text;
}

function describe(error: Error & { readonly code?: string }): string {
  return error.code === undefined || error.message.includes(error.code)
    ? error.message
    : `${error.code} ${error.message}`;
}
