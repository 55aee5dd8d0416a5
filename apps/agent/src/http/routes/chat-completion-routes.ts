import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AgentError } from '../../agent-error.ts';
import type { CachedAnswer } from '../../cache/cached-answer.ts';
import { answerOfRun, askAgent } from '../../chat/agent-answer.ts';
import {
  ChunkFormatter,
  type CompletionHead,
  completionHeadOf,
  formatCompletion,
  newCompletionHead,
} from '../../chat/completion-format.ts';
import { toModelCall } from '../../chat/to-model-call.ts';
import type { Answer, AnswerPart } from '../../models/answer.ts';
import { idempotencyRepository, type StoredAnswer } from '../../repositories/idempotency-repository.ts';
import { cacheHeaders } from '../cache-headers.ts';
import { cacheModeOf } from '../cache-mode.ts';
import { clientGone } from '../client-gone.ts';
import { envelopeOf, toAgentError } from '../error-reply.ts';
import { formatEvent, type StreamEvent, sendEventStream } from '../event-stream.ts';
import { claimOf, claimOrReplay } from '../idempotently.ts';
import { chatCompletionsPath } from '../known-text-lane.ts';
import type { RouteServices } from '../route-services.ts';
import { type ChatRequest, chatCompletion, chatRequest, openAiErrorResponses } from '../schemas/chat-schemas.ts';
import { idempotencyHeaders } from '../schemas/common-schemas.ts';
import type { TypedApp } from '../typed-app.ts';
import { agentModelName } from './model-routes.ts';

const jsonType = 'application/json; charset=utf-8';
const eventStreamType = 'text/event-stream; charset=utf-8';

/** OpenAI's chat completions: the configured model as it is, or the agent with its tools under its own name. */
export function chatCompletionRoutes(app: TypedApp, services: RouteServices): void {
  const schema = {
    tags: ['openai'],
    summary: 'Answer a conversation',
    headers: idempotencyHeaders,
    body: chatRequest,
    response: { 200: z.union([chatCompletion, z.string()]), ...openAiErrorResponses },
  };
  app.post(chatCompletionsPath, { schema }, async (request, reply) => {
    const exchange = { request, reply, services, body: request.body };
    checkModel(request.body.model, services);
    return request.body.model === agentModelName ? respondAsAgent(exchange) : respondAsModel(exchange);
  });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly services: RouteServices;
  readonly body: ChatRequest;
}

interface Source {
  readonly head: CompletionHead;
  /** Which a repetition gets, too. */
  readonly headers?: StoredAnswer['headers'];
  readonly cached?: CachedAnswer | undefined;
  parts(): AsyncGenerator<AnswerPart, Answer>;
  /** Called when the answer has not been told in full, also because the client has left: it may be asked for anew. */
  release?(): Promise<void>;
}

function checkModel(model: string, { config }: RouteServices): void {
  if (model === config.model.name || model === agentModelName) return;
  throw new AgentError('not-found', { subject: 'model', value: model });
}

/** A run goes on whatever becomes of its request: the claim is kept, so that a repetition finds the run. */
async function respondAsAgent(exchange: Exchange): Promise<FastifyReply> {
  const { request, reply, services, body } = exchange;
  const { tenant, headers } = request;
  const question = { tenant, request: body, cacheMode: cacheModeOf(headers['cache-control']), claim: claimOf(request) };
  const keyed = await askAgent(services, question);
  if (keyed.state === 'answered') return replay(exchange, keyed.answer);
  if (keyed.state === 'known') markReplayed(exchange);
  const { run } = keyed;
  const signal = AbortSignal.any([clientGone(reply), services.shutdown]);
  const source = {
    head: completionHeadOf(run, body.model),
    headers: { 'x-run-id': run.id },
    parts: () => answerOfRun(run.id, { ...services, signal }),
  };
  reply.headers(source.headers);
  return body.stream === true ? respondWithStream(exchange, source) : respondAtOnce(exchange, source);
}

async function respondAsModel(exchange: Exchange): Promise<FastifyReply> {
  const { request, services, body } = exchange;
  const claim = claimOf(request);
  const known = claim && (await claimOrReplay(services.database, claim));
  if (known !== undefined) return replay(exchange, known);
  try {
    const source = await openModel(exchange);
    return body.stream === true ? respondWithStream(exchange, source) : await respondAtOnce(exchange, source);
  } catch (error) {
    await forget(exchange);
    throw error;
  }
}

function replay(exchange: Exchange, { status, headers, body }: StoredAnswer): FastifyReply {
  markReplayed(exchange);
  return exchange.reply.status(status).headers(headers).send(body);
}

function markReplayed({ reply, services }: Exchange): void {
  services.metrics.idempotentReplays.inc();
  reply.header('idempotent-replayed', 'true');
}

async function openModel(exchange: Exchange): Promise<Source> {
  const { request, reply, services, body } = exchange;
  const inference = await services.inference.infer({
    tenant: request.tenant,
    cacheMode: cacheModeOf(request.headers['cache-control']),
    signal: clientGone(reply),
    call: toModelCall(body),
    delivery: body.stream === true ? 'parts' : 'whole',
    lookup: services.lane.seen(request.raw)?.lookup,
  });
  const { cached, key } = inference;
  reply.headers(cacheHeaders(inference));
  if (key !== undefined && body.stream !== true) services.lane.remember(request.raw, key);
  return {
    head: newCompletionHead(body.model),
    cached,
    parts: () => inference.parts(),
    release: () => forget(exchange),
  };
}

async function respondAtOnce(exchange: Exchange, source: Source): Promise<FastifyReply> {
  const body =
    source.cached === undefined
      ? formatCompletion(source.head, await drained(source.parts()))
      : source.cached.completion;
  await remember(exchange, { 'content-type': jsonType, ...source.headers }, body);
  return exchange.reply.type(jsonType).send(body);
}

async function drained(parts: AsyncGenerator<AnswerPart, Answer>): Promise<Answer> {
  for (;;) {
    const { done, value } = await parts.next();
    if (done) return value;
  }
}

function respondWithStream(exchange: Exchange, source: Source): FastifyReply {
  return sendEventStream(exchange.reply, () => rememberedChunks(exchange, source), { services: exchange.services });
}

async function* rememberedChunks(exchange: Exchange, source: Source): AsyncGenerator<StreamEvent> {
  const sent: string[] = [];
  let isRemembered = false;
  try {
    for await (const data of chunks(exchange.body, source)) {
      sent.push(formatEvent({ data }));
      yield { data };
    }
    await remember(exchange, { 'content-type': eventStreamType, ...source.headers }, sent.join(''));
    isRemembered = true;
  } catch (error) {
    yield { data: JSON.stringify(describeFailure(error, exchange)) };
  } finally {
    if (!isRemembered) await source.release?.();
  }
}

/** The status is sent already: the failure becomes an event that OpenAI clients throw as an error. */
function describeFailure(thrown: unknown, { request }: Exchange) {
  const error = toAgentError(thrown, request);
  if (error.code === 'internal') request.log.error({ err: thrown }, 'stream failed');
  return envelopeOf(error, request);
}

async function* chunks(request: ChatRequest, source: Source): AsyncGenerator<string> {
  const format = new ChunkFormatter(source.head);
  yield format.first();
  const parts = source.parts();
  let next = await parts.next();
  for (; !next.done; next = await parts.next()) {
    const chunk = format.part(next.value);
    if (chunk !== undefined) yield chunk;
  }
  yield format.last(next.value.finishReason);
  if (request.stream_options?.include_usage === true) yield format.usage(next.value);
  yield '[DONE]';
}

async function remember(
  { request, services }: Exchange,
  headers: StoredAnswer['headers'],
  body: string,
): Promise<void> {
  const claim = claimOf(request);
  if (claim !== undefined) await idempotencyRepository.store(services.database, claim, { status: 200, headers, body });
}

async function forget({ request, services }: Exchange): Promise<void> {
  const claim = claimOf(request);
  if (claim === undefined) return;
  try {
    await idempotencyRepository.release(services.database, claim);
  } catch (error) {
    // The claim ends by itself; the caller shall learn what went wrong first.
    request.log.warn({ err: error }, 'an idempotency key stays claimed until its lock expires');
  }
}
