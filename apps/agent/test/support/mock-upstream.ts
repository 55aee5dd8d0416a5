import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addCleanup } from './test-agent.ts';

export interface UpstreamRequest {
  readonly authorization: string | undefined;
  readonly body: {
    readonly messages: readonly { readonly role: string; readonly content: unknown }[];
    readonly [key: string]: unknown;
  };
}

export type Respond = (response: ServerResponse, request: UpstreamRequest) => void | Promise<void>;

export interface Upstream {
  readonly url: string;
  readonly requests: readonly UpstreamRequest[];
  /** What the next requests get, in order; the last one stays. */
  respondWith(...responses: readonly Respond[]): void;
}

/** An endpoint of the OpenAI protocol on this machine that answers what a test says. */
export async function startUpstream(): Promise<Upstream> {
  const requests: UpstreamRequest[] = [];
  let responses: readonly Respond[] = [completion('unset')];
  const server = createServer(async (incoming, response) => {
    const request = { authorization: incoming.headers.authorization, body: await readBody(incoming) };
    requests.push(request);
    const [next = completion('unset'), ...rest] = responses;
    if (rest.length > 0) responses = rest;
    await next(response, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  addCleanup(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/v1`, requests, respondWith: (...wanted) => (responses = wanted) };
}

/** Has an agent ask the model of an endpoint. */
export function modelOf({ url }: Pick<Upstream, 'url'>) {
  return { MODEL_PROVIDER: 'openai-compatible', MODEL_BASE_URL: url, MODEL_NAME: 'rec' };
}

/** The same, each time anew. */
export function uncachedModelOf(upstream: Pick<Upstream, 'url'>) {
  return { ...modelOf(upstream), CACHE_ENABLED: 'false' };
}

/** A recorded stream of `fixtures/openai`. */
export function recorded(name: string, options: { readonly cutAfterBytes?: number } = {}): Respond {
  const text = readFileSync(join(import.meta.dirname, '../fixtures/openai', `${name}.sse`), 'utf8');
  return (response, request) => {
    if (!isStreamed(request)) return sendWhole(response, wholeOf(text));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (options.cutAfterBytes === undefined) return void response.end(text);
    response.write(text.slice(0, options.cutAfterBytes));
    setTimeout(() => response.destroy(), 20);
  };
}

interface CompletionOptions {
  readonly wordPauseMs?: number;
  readonly finishReason?: string;
  /** The last word is said only then, however long it takes. @default at once */
  readonly until?: Promise<void>;
}

export function completion(text: string, options: CompletionOptions = {}): Respond {
  const end = `${chunk({}, options.finishReason ?? 'stop')}data: [DONE]\n\n`;
  return async (response, request) => {
    const words = text.match(/\s*\S+/g) ?? [];
    if (!isStreamed(request)) {
      await sleep((options.wordPauseMs ?? 0) * words.length);
      await options.until;
      return sendWhole(response, wholeOf(`${chunk({ content: text })}${end}`));
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const [index, word] of words.entries()) {
      if (index === words.length - 1) await options.until;
      if (options.wordPauseMs !== undefined) await sleep(options.wordPauseMs);
      response.write(chunk({ content: word }));
    }
    response.end(end);
  };
}

/** With words before the call when there are any. */
export function toolCall(name: string, input: object, words = ''): Respond {
  const call = { index: 0, id: `call_${name}`, type: 'function', function: { name, arguments: JSON.stringify(input) } };
  const said = words === '' ? '' : chunk({ content: words });
  const text = `${said}${chunk({ tool_calls: [call] })}${chunk({}, 'tool_calls')}data: [DONE]\n\n`;
  return (response, request) => {
    if (!isStreamed(request)) return sendWhole(response, wholeOf(text));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(text);
  };
}

export function failure(status: number, headers: Readonly<Record<string, string>> = {}): Respond {
  return (response, { authorization }) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message: `no: ${authorization}`, type: 'server_error' } }));
  };
}

export const silence: Respond = () => undefined;

function chunk(delta: object, finishReason: string | null = null): string {
  const choice = { index: 0, delta, finish_reason: finishReason };
  const usage = finishReason === null ? null : { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
  return `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'mock', choices: [choice], usage })}\n\n`;
}

function isStreamed({ body }: UpstreamRequest): boolean {
  return body.stream === true;
}

function sendWhole(response: ServerResponse, completion: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(completion));
}

interface Chunk {
  readonly choices: readonly { readonly delta: Delta; readonly finish_reason: string | null }[];
  readonly usage?: object | null;
}

interface Delta {
  readonly content?: string | null;
  readonly tool_calls?: readonly ToolCallDelta[];
}

interface ToolCallDelta {
  readonly index: number;
  readonly id?: string;
  readonly function: { readonly name?: string; readonly arguments?: string };
}

/** What the same endpoint would have answered without a stream: its events put together. */
function wholeOf(events: string): object {
  const chunks: readonly Chunk[] = [...events.matchAll(/^data: (\{.*)$/gm)].map(([, json = '']) => JSON.parse(json));
  const choices = chunks.flatMap((each) => each.choices ?? []);
  const content = choices.map(({ delta }) => delta.content ?? '').join('');
  const calls = wholeCalls(choices.flatMap(({ delta }) => delta.tool_calls ?? []));
  const message = { role: 'assistant', content, ...(calls.length > 0 && { tool_calls: calls }) };
  const finishReason = choices.findLast((choice) => choice.finish_reason !== null)?.finish_reason ?? null;
  const usage = chunks.findLast((each) => each.usage)?.usage;
  return {
    id: 'chatcmpl-1',
    created: 1,
    model: 'mock',
    choices: [{ index: 0, message, finish_reason: finishReason }],
    usage,
  };
}

function wholeCalls(pieces: readonly ToolCallDelta[]): readonly object[] {
  return [...Map.groupBy(pieces, ({ index }) => index).values()].map((group) => ({
    id: group.find(({ id }) => id)?.id,
    type: 'function',
    function: {
      name: group.find((piece) => piece.function.name)?.function.name,
      arguments: group.map((piece) => piece.function.arguments ?? '').join(''),
    },
  }));
}

async function readBody(incoming: IncomingMessage): Promise<UpstreamRequest['body']> {
  let text = '';
  for await (const piece of incoming) text += piece;
  return JSON.parse(text);
}
