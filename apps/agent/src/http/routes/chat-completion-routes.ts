import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AgentError } from '../../agent-error.ts';
import type { CachedAnswer } from '../../cache/cached-answer.ts';
import { askAgent } from '../../chat/agent-answer.ts';
import {
  ChunkFormatter,
  type CompletionHead,
  formatCompletion,
  newCompletionHead,
} from '../../chat/completion-format.ts';
import { toModelCall } from '../../chat/to-model-call.ts';
import type { Answer, AnswerPart } from '../../models/answer.ts';
import { idempotencyRepository } from '../../repositories/idempotency-repository.ts';
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
    const { body } = request;
    checkModel(body.model, services);
    const repeated = await repeatedAnswer(request, reply, services);
    if (repeated !== undefined) return repeated;
    return respond({ request, reply, services, body });
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
  readonly cached?: CachedAnswer | undefined;
  parts(): AsyncGenerator<AnswerPart, Answer>;
}

function checkModel(model: string, { config }: RouteServices): void {
  if (model === config.model.name || model === agentModelName) return;
  throw new AgentError('not-found', { subject: 'model', value: model });
}

async function repeatedAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  { database, metrics }: RouteServices,
): Promise<FastifyReply | undefined> {
  const claim = claimOf(request);
  const known = claim && (await claimOrReplay(database, claim));
  if (known === undefined) return undefined;
  metrics.idempotentReplays.inc();
  return reply.status(known.status).headers(known.headers).header('idempotent-replayed', 'true').send(known.body);
}

async function respond(exchange: Exchange): Promise<FastifyReply> {
  try {
    const source = await openSource(exchange);
    return exchange.body.stream === true ? respondWithStream(exchange, source) : await respondAtOnce(exchange, source);
  } catch (error) {
    await forget(exchange);
    throw error;
  }
}

async function openSource(exchange: Exchange): Promise<Source> {
  const { request, reply, services, body } = exchange;
  const common = {
    tenant: request.tenant,
    cacheMode: cacheModeOf(request.headers['cache-control']),
    signal: clientGone(reply),
  };
  if (body.model === agentModelName) return openAgent(exchange, common);
  const inference = await services.inference.infer({
    ...common,
    call: toModelCall(body),
    delivery: body.stream === true ? 'parts' : 'whole',
    lookup: services.lane.seen(request.raw)?.lookup,
  });
  const { cached, key } = inference;
  reply.headers(cacheHeaders(inference));
  if (key !== undefined && body.stream !== true) services.lane.remember(request.raw, key);
  return { head: newCompletionHead(body.model), cached, parts: () => inference.parts() };
}

type Common = Pick<Parameters<typeof askAgent>[1], 'tenant' | 'cacheMode' | 'signal'>;

async function openAgent({ reply, services, body }: Exchange, common: Common): Promise<Source> {
  const signal = AbortSignal.any([common.signal, services.shutdown]);
  const answer = await askAgent(services, { ...common, signal, request: body });
  reply.header('x-run-id', answer.runId);
  return { head: newCompletionHead(body.model), parts: () => answer.parts() };
}

async function respondAtOnce(exchange: Exchange, source: Source): Promise<FastifyReply> {
  const body =
    source.cached === undefined
      ? formatCompletion(source.head, await drained(source.parts()))
      : source.cached.completion;
  await remember(exchange, jsonType, body);
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
    await remember(exchange, eventStreamType, sent.join(''));
    isRemembered = true;
  } catch (error) {
    yield { data: JSON.stringify(describeFailure(error, exchange)) };
  } finally {
    // Also when the client has left: its next attempt shall not wait for the lock of this one.
    if (!isRemembered) await forget(exchange);
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

async function remember({ request, services }: Exchange, contentType: string, body: string): Promise<void> {
  const claim = claimOf(request);
  if (claim !== undefined)
    await idempotencyRepository.store(services.database, claim, {
      status: 200,
      headers: { 'content-type': contentType },
      body,
    });
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
