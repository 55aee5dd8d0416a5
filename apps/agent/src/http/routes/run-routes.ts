import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AgentError } from '../../agent-error.ts';
import type { Database, Queryable } from '../../database/database.ts';
import { type RunEvent, runEventRepository } from '../../repositories/run-event-repository.ts';
import { type Run, runRepository } from '../../repositories/run-repository.ts';
import { followRun, isFinal } from '../../runs/follow-run.ts';
import { cancelUnfinished, runService } from '../../runs/run-service.ts';
import { type RunSignals, runTopics } from '../../runs/run-signals.ts';
import type { AppServices } from '../app-services.ts';
import { cacheModeOf } from '../cache-mode.ts';
import { clientGone } from '../client-gone.ts';
import { type StreamEvent, sendEventStream } from '../event-stream.ts';
import { idempotently } from '../idempotently.ts';
import { errorResponses, idempotencyHeaders, idParams } from '../schemas/common-schemas.ts';
import { type RunCreation, runCreation, runParams, runSchema } from '../schemas/run-schemas.ts';
import type { TypedApp } from '../typed-app.ts';

const tags = ['runs'];
const creation = { tags, params: idParams, headers: idempotencyHeaders, body: runCreation };
const eventStream = z
  .string()
  .describe('Server-sent events; "id" is the sequence number to resume after with Last-Event-ID.');
const toldInFull = z.undefined().describe('The run has ended and has no event behind Last-Event-ID: do not reconnect.');
const runList = z.object({ data: z.array(runSchema) }).meta({ id: 'RunList' });
const listQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) });
const streamHeaders = z.looseObject({ 'last-event-id': z.coerce.number().int().min(0).max(2_147_483_647).optional() });

/** Runs: one answer of the agent each, in the background, as a stream, or waited for. */
export function runRoutes(app: TypedApp, services: AppServices): void {
  creationRoutes(app, services);
  readRoutes(app, services);
  cancelRoute(app, services);
}

function creationRoutes(app: TypedApp, services: AppServices): void {
  const backgroundSchema = {
    ...creation,
    summary: 'Start a run in the background',
    response: { 202: runSchema, ...errorResponses },
  };
  app.post('/v1/sessions/:id/runs', { schema: backgroundSchema }, async (request, reply) => {
    const run = await createRun(request, reply, services);
    return reply.status(202).header('location', `/v1/sessions/${run.session_id}/runs/${run.id}`).send(run);
  });

  const streamSchema = {
    ...creation,
    summary: 'Start a run and stream its events',
    response: { 200: eventStream, ...errorResponses },
  };
  app.post('/v1/sessions/:id/runs/stream', { schema: streamSchema }, async (request, reply) => {
    const run = await createRun(request, reply, services);
    const onDisconnect = () => void cancelAbandoned(run, request.tenant, services);
    return streamRun(reply, services, { run, afterSeq: 0, ...(run.on_disconnect === 'cancel' && { onDisconnect }) });
  });

  const waitSchema = {
    ...creation,
    summary: 'Start a run and wait for its end',
    response: { 200: runSchema, ...errorResponses },
  };
  app.post('/v1/sessions/:id/runs/wait', { schema: waitSchema }, async (request, reply) => {
    const run = await createRun(request, reply, services);
    return waitForRun(request, reply, { services, run });
  });
}

function readRoutes(app: TypedApp, services: AppServices): void {
  const { database } = services;
  const listSchema = {
    tags,
    summary: 'The newest runs of a session',
    params: idParams,
    querystring: listQuery,
    response: { 200: runList, ...errorResponses },
  };
  app.get('/v1/sessions/:id/runs', { schema: listSchema }, async ({ tenant, params, query }) => ({
    data: [...(await runRepository.list(database, tenant, { sessionId: params.id, limit: query.limit }))],
  }));

  const getSchema = { tags, summary: 'Get a run', params: runParams, response: { 200: runSchema, ...errorResponses } };
  app.get('/v1/sessions/:id/runs/:run_id', { schema: getSchema }, async ({ tenant, params }) =>
    runService.find(database, tenant, { sessionId: params.id, runId: params.run_id }),
  );

  const streamSchema = {
    tags,
    summary: 'Follow a run from any point',
    params: runParams,
    headers: streamHeaders,
    response: { 200: eventStream, 204: toldInFull, ...errorResponses },
  };
  app.get(
    '/v1/sessions/:id/runs/:run_id/stream',
    { schema: streamSchema },
    async ({ tenant, params, headers }, reply) => {
      const run = await runService.find(database, tenant, { sessionId: params.id, runId: params.run_id });
      const afterSeq = headers['last-event-id'] ?? 0;
      if (await isToldInFull(run, afterSeq, database)) return reply.status(204).send();
      return streamRun(reply, services, { run, afterSeq });
    },
  );
}

function cancelRoute(app: TypedApp, { database, metrics, signals }: AppServices): void {
  const schema = {
    tags,
    summary: 'Cancel a run',
    params: runParams,
    headers: idempotencyHeaders,
    response: { 202: runSchema, ...errorResponses },
  };
  app.post('/v1/sessions/:id/runs/:run_id/cancel', { schema }, async (request, reply) => {
    const key = { sessionId: request.params.id, runId: request.params.run_id };
    const run = await idempotently({
      database,
      metrics,
      request,
      reply,
      work: (db) => runService.cancel(db, request.tenant, key),
    });
    notifyCancelled(run.id, signals);
    return reply.status(202).send(run);
  });
}

type CreationRequest = FastifyRequest & { readonly params: { readonly id: string }; readonly body: RunCreation };

async function createRun(request: CreationRequest, reply: FastifyReply, services: AppServices): Promise<Run> {
  const { database, metrics, signals, config } = services;
  const order = {
    sessionId: request.params.id,
    body: request.body,
    model: config.model.name,
    cacheMode: cacheModeOf(request.headers['cache-control']),
  };
  // Stays empty where an earlier request has created the run: what is unfinished by now may have been asked for later.
  let interrupted: readonly string[] = [];
  const work = async (db: Queryable) => {
    const created = await runService.create(db, request.tenant, order);
    interrupted = created.interrupted;
    return created.run;
  };
  const run = await idempotently({ database, metrics, request, reply, work });
  for (const runId of interrupted) notifyCancelled(runId, signals);
  signals.notify(runTopics.queued);
  reply.header('x-run-id', run.id);
  return run;
}

/** The flag is in the database already; the signal only saves the wait for the next heartbeat. */
function notifyCancelled(runId: string, signals: RunSignals): void {
  signals.notify(runTopics.cancel(runId));
  signals.notify(runTopics.events(runId));
}

interface StreamRequest {
  readonly run: Run;
  readonly afterSeq: number;
  /** For the client that started the run; those that follow it leave it alone. */
  readonly onDisconnect?: () => void;
}

function streamRun(
  reply: FastifyReply,
  services: AppServices,
  { run, afterSeq, onDisconnect }: StreamRequest,
): FastifyReply {
  const { database, signals } = services;
  const open = (signal: AbortSignal) =>
    toStreamEvents(followRun(run.id, afterSeq, { database, signals, signal }), services.shutdown);
  reply.header('x-run-id', run.id);
  return sendEventStream(reply, open, { services, ...(onDisconnect && { onDisconnect }) });
}

/** An `EventSource` reconnects after every end of a stream, and is stopped by this answer alone. */
async function isToldInFull(run: Run, afterSeq: number, database: Database): Promise<boolean> {
  if (run.finished_at === null) return false;
  return (await runEventRepository.after(database, run.id, { seq: afterSeq, limit: 1 })).length === 0;
}

async function cancelAbandoned(run: Run, tenant: string, { database, signals, log }: AppServices): Promise<void> {
  try {
    await database.transaction((db) => cancelUnfinished(db, tenant, run.id));
    notifyCancelled(run.id, signals);
  } catch (error) {
    log.warn({ err: error, runId: run.id }, 'the run of a client that left could not be cancelled');
  }
}

async function* toStreamEvents(events: AsyncIterable<RunEvent>, shutdown: AbortSignal): AsyncGenerator<StreamEvent> {
  for await (const event of events) {
    yield { id: event.seq, event: event.type, data: JSON.stringify(event.data) };
    if (isFinal(event)) return;
  }
  if (shutdown.aborted)
    yield {
      event: 'shutdown',
      retryMs: 1000,
      data: '{"message":"this process is shutting down; reconnect with Last-Event-ID"}',
    };
}

async function waitForRun(
  request: FastifyRequest,
  reply: FastifyReply,
  { services, run }: { readonly services: AppServices; readonly run: Run },
): Promise<Run> {
  const gone = clientGone(reply);
  const { database, signals } = services;
  const signal = AbortSignal.any([gone, services.shutdown]);
  for await (const _event of followRun(run.id, 0, { database, signals, signal }));
  if (services.shutdown.aborted) throw new AgentError('draining');
  if (gone.aborted && run.on_disconnect === 'cancel') await cancelAbandoned(run, request.tenant, services);
  return runService.find(database, request.tenant, { sessionId: run.session_id, runId: run.id });
}
