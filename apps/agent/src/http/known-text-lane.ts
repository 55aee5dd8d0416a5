import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { LookupFailure } from '../cache/answer-store.ts';
import type { CachedAnswer } from '../cache/cached-answer.ts';
import { KnownTexts } from '../cache/known-texts.ts';
import { type Admission, admit, type Gate, limitHeaders } from './admission.ts';
import type { AppServices } from './app-services.ts';
import { cacheHeaders } from './cache-headers.ts';
import { reportRequest } from './measure-requests.ts';
import { requestIdOf } from './request-id.ts';
import { RequestLogger } from './request-logger.ts';
import { securityHeaders } from './security-headers.ts';
import { traceparentOf } from './trace-requests.ts';

export interface LaneOptions extends Pick<AppServices, 'inference' | 'log' | 'metrics' | 'readiness' | 'tracing'> {
  readonly gate: Gate;
}

/** What the lane has found out about a request that it passes on. */
export interface SeenRequest {
  readonly admission: Admission;
  /** The body; absent where it did not come at once. */
  readonly text?: string | undefined;
  /** What Redis said of the text, where it was asked without finding an answer. */
  readonly lookup?: LookupFailure | undefined;
}

export const chatCompletionsPath = '/v1/chat/completions';

/**
 * Answers a question that was asked in the same words before, ahead of the framework: nothing is parsed, checked or
 * hashed, and nothing of the framework runs. Everything else, and everything that has to be refused, is passed on as it
 * came.
 */
export class KnownTextLane {
  readonly #options: LaneOptions;
  readonly #texts = new KnownTexts();
  readonly #seen = new WeakMap<IncomingMessage, SeenRequest>();

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  handle(request: IncomingMessage, response: ServerResponse, next: RequestListener): void {
    const startedAtMs = performance.now();
    const length = this.#options.readiness.isDraining ? 0 : lengthOf(request);
    const admission = length === 0 ? undefined : admit(request.headers, this.#options.gate);
    if (admission === undefined) next(request, response);
    else
      request.once('data', (body: Buffer) => {
        const exchange = { request, response, next, admission, startedAtMs, body };
        this.#answer(exchange, body.length === length ? body.toString() : undefined);
      });
  }

  /** What is known of a request that was passed on; undefined for one that the lane is not for. */
  seen(request: IncomingMessage): SeenRequest | undefined {
    return this.#seen.get(request);
  }

  /** Has the text of a request that was passed on answered from now on by what is kept under the key. */
  remember(request: IncomingMessage, key: string): void {
    const seen = this.#seen.get(request);
    if (seen?.text !== undefined) this.#texts.remember(seen.admission.tenant, seen.text, key);
  }

  #answer(exchange: Exchange, text: string | undefined): void {
    const { admission } = exchange;
    const isAllowed = admission.decision?.isAllowed !== false;
    const key = isAllowed && text !== undefined ? this.#texts.keyOf(admission.tenant, text) : undefined;
    const kept = key === undefined ? undefined : this.#options.inference.recall(key);
    if (kept === undefined) this.#putBack(exchange, { admission, text }, key);
    else this.#send(exchange, kept);
  }

  /** At once, since the request would be at its end by the time that Redis answers. */
  #putBack(exchange: Exchange, seen: SeenRequest, key: string | undefined): void {
    exchange.request.pause();
    exchange.request.unshift(exchange.body);
    if (key === undefined) this.#pass(exchange, seen);
    else this.#ask(exchange, seen, key);
  }

  async #ask(exchange: Exchange, seen: SeenRequest, key: string): Promise<void> {
    const lookup = await this.#options.inference.recallShared(key);
    if (lookup?.state === 'found') this.#send(exchange, lookup.entry);
    else this.#pass(exchange, { ...seen, lookup: lookup?.state });
  }

  #pass({ request, response, next }: Exchange, seen: SeenRequest): void {
    this.#seen.set(request, seen);
    next(request, response);
  }

  #send(exchange: Exchange, kept: CachedAnswer): void {
    const { request, response, admission } = exchange;
    const id = requestIdOf(request.headers);
    response.writeHead(200, headersOf(id, admission, kept)).end(kept.completion);
    this.#report(exchange, id);
  }

  /** What hooks of the framework do for the requests that it answers. */
  #report({ request, admission, startedAtMs }: Exchange, reqId: string): void {
    const { metrics, log, tracing } = this.#options;
    const facts = { method: 'POST', route: chatCompletionsPath, elapsedMs: performance.now() - startedAtMs };
    reportRequest({ ...facts, status: 200, tenant: admission.tenant }, metrics, new RequestLogger(log, { reqId }));
    tracing.startRequest?.(facts, traceparentOf(request.headers)).end(200);
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly next: RequestListener;
  readonly admission: Admission;
  readonly startedAtMs: number;
  readonly body: Buffer;
}

const maxBytes = 20_000;

/** Bytes of the body of a request that nothing but its text decides the answer of; 0 for all others. */
function lengthOf({ method, url, headers }: IncomingMessage): number {
  if (method !== 'POST' || url !== chatCompletionsPath) return 0;
  const isPlain = headers['idempotency-key'] === undefined && headers['cache-control'] === undefined;
  if (!isPlain || !/^application\/json(?:$|;)/.test(headers['content-type'] ?? '')) return 0;
  const length = Number(headers['content-length'] ?? 0);
  return length <= maxBytes ? length : 0;
}

const fixedHeaders = Object.entries({ ...securityHeaders, 'content-type': 'application/json; charset=utf-8' }).flat();

/** Names and values in turn, which is what Node writes with the least ado. */
function headersOf(id: string, { decision }: Admission, kept: CachedAnswer): string[] {
  const length = Buffer.byteLength(kept.completion);
  const headers = [...fixedHeaders, 'x-request-id', id, 'content-length', String(length)];
  append(headers, cacheHeaders({ outcome: 'HIT', cached: kept }));
  if (decision !== undefined) append(headers, limitHeaders(decision));
  return headers;
}

function append(headers: string[], more: Readonly<Record<string, string | number>>): void {
  for (const name in more) headers.push(name, String(more[name]));
}
