import { z } from 'zod';
import { AgentError } from '../../agent-error.ts';
import { newId } from '../../identity.ts';
import { messageRepository } from '../../repositories/message-repository.ts';
import { sessionRepository } from '../../repositories/session-repository.ts';
import type { AppServices } from '../app-services.ts';
import { idempotently } from '../idempotently.ts';
import { parseCursor, toPage } from '../page-cursor.ts';
import { errorResponses, idempotencyHeaders, idParams, nextCursor, pageQuery } from '../schemas/common-schemas.ts';
import { messageSchema, sessionCreation, sessionSchema } from '../schemas/run-schemas.ts';
import type { TypedApp } from '../typed-app.ts';

const tags = ['sessions'];
const sessionPage = z.object({ data: z.array(sessionSchema), next_cursor: nextCursor }).meta({ id: 'SessionPage' });
const messageList = z.object({ data: z.array(messageSchema) }).meta({ id: 'MessageList' });
const messageQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(400).default(100) });

/** Conversations and what was said in them. */
export function sessionRoutes(app: TypedApp, services: AppServices): void {
  writeRoutes(app, services);
  readRoutes(app, services);
}

function writeRoutes(app: TypedApp, { database, metrics }: AppServices): void {
  const createSchema = {
    tags,
    summary: 'Open a session',
    headers: idempotencyHeaders,
    body: sessionCreation,
    response: { 201: sessionSchema, ...errorResponses },
  };
  app.post('/v1/sessions', { schema: createSchema }, async (request, reply) => {
    const session = await idempotently({
      database,
      metrics,
      request,
      reply,
      work: async (db) =>
        found(await sessionRepository.insert(db, request.tenant, { id: newId(), title: request.body.title }), 'new'),
    });
    return reply.status(201).header('location', `/v1/sessions/${session.id}`).send(session);
  });

  const deleteSchema = {
    tags,
    summary: 'Delete a session with its messages and runs',
    params: idParams,
    response: { 204: z.undefined(), ...errorResponses },
  };
  app.delete('/v1/sessions/:id', { schema: deleteSchema }, async ({ tenant, params }, reply) => {
    if (!(await sessionRepository.delete(database, tenant, params.id)))
      throw new AgentError('not-found', { subject: 'session', value: params.id });
    return reply.status(204).send();
  });
}

function readRoutes(app: TypedApp, { database }: AppServices): void {
  const listSchema = {
    tags,
    summary: 'List sessions, newest first',
    querystring: pageQuery,
    response: { 200: sessionPage, ...errorResponses },
  };
  app.get('/v1/sessions', { schema: listSchema }, async ({ tenant, query: { limit, cursor } }) => {
    const sessions = await sessionRepository.list(database, tenant, { after: parseCursor(cursor), limit: limit + 1 });
    return toPage(sessions, limit);
  });

  const getSchema = {
    tags,
    summary: 'Get a session',
    params: idParams,
    response: { 200: sessionSchema, ...errorResponses },
  };
  app.get('/v1/sessions/:id', { schema: getSchema }, async ({ tenant, params }) =>
    found(await sessionRepository.find(database, tenant, params.id), params.id),
  );

  const messagesSchema = {
    tags,
    summary: 'The newest messages, oldest first',
    params: idParams,
    querystring: messageQuery,
    response: { 200: messageList, ...errorResponses },
  };
  app.get('/v1/sessions/:id/messages', { schema: messagesSchema }, async ({ tenant, params, query }) => {
    found(await sessionRepository.find(database, tenant, params.id), params.id);
    const messages = await messageRepository.list(database, tenant, { sessionId: params.id, limit: query.limit });
    return { data: messages.map((message) => ({ ...message, content: message.content.map((part) => ({ ...part })) })) };
  });
}

function found<Session>(session: Session | undefined, id: string): Session {
  if (session === undefined) throw new AgentError('not-found', { subject: 'session', value: id });
  return session;
}
