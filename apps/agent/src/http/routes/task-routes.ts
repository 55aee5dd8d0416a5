import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Task } from '../../repositories/task-repository.ts';
import { etagOf, taskService } from '../../tasks/task-service.ts';
import type { AppServices } from '../app-services.ts';
import { idempotently } from '../idempotently.ts';
import { parseCursor, toPage } from '../page-cursor.ts';
import { parseIfMatch } from '../parse-if-match.ts';
import { errorResponses, idempotencyHeaders, idParams, nextCursor, pageQuery } from '../schemas/common-schemas.ts';
import { taskCreation, taskQuery, taskSchema, taskUpdate } from '../schemas/task-schemas.ts';
import type { TypedApp } from '../typed-app.ts';

const tags = ['tasks'];
const conditionalHeaders = z.looseObject({
  'if-match': z
    .string()
    .max(100)
    .optional()
    .describe('The ETag of the version that is to be changed, or a list of such.'),
});
const taskPage = z.object({ data: z.array(taskSchema), next_cursor: nextCursor }).meta({ id: 'TaskPage' });

/** The tasks of the tenant. */
export function taskRoutes(app: TypedApp, services: AppServices): void {
  readRoutes(app, services);
  writeRoutes(app, services);
  changeRoutes(app, services);
}

function readRoutes(app: TypedApp, { database }: AppServices): void {
  const listSchema = {
    tags,
    summary: 'List tasks, newest first',
    querystring: pageQuery.extend(taskQuery.shape),
    response: { 200: taskPage, ...errorResponses },
  };
  app.get('/v1/tasks', { schema: listSchema }, async ({ tenant, query }) => {
    const { limit, cursor, due_before: dueBefore, ...filter } = query;
    const tasks = await taskService.list(database, tenant, {
      ...filter,
      dueBefore,
      after: parseCursor(cursor),
      limit: limit + 1,
    });
    return toPage(tasks, limit);
  });

  const getSchema = { tags, summary: 'Get a task', params: idParams, response: { 200: taskSchema, ...errorResponses } };
  app.get('/v1/tasks/:id', { schema: getSchema }, async ({ tenant, params }, reply) =>
    tagged(reply, await taskService.get(database, tenant, params.id)),
  );
}

function writeRoutes(app: TypedApp, { database, metrics }: AppServices): void {
  const createSchema = {
    tags,
    summary: 'Create a task',
    headers: idempotencyHeaders,
    body: taskCreation,
    response: { 201: taskSchema, ...errorResponses },
  };
  app.post('/v1/tasks', { schema: createSchema }, async (request, reply) => {
    const task = await idempotently({
      database,
      metrics,
      request,
      reply,
      work: (db) => taskService.create(db, request.tenant, request.body),
    });
    return tagged(reply.status(201).header('location', `/v1/tasks/${task.id}`), task);
  });

  const deleteSchema = {
    tags,
    summary: 'Delete a task',
    params: idParams,
    headers: conditionalHeaders,
    response: { 204: z.undefined(), ...errorResponses },
  };
  app.delete('/v1/tasks/:id', { schema: deleteSchema }, async ({ tenant, params, headers }, reply) => {
    const target = { id: params.id, ifMatch: parseIfMatch(headers['if-match']) };
    await database.transaction((db) => taskService.delete(db, tenant, target));
    return reply.status(204).send();
  });
}

function changeRoutes(app: TypedApp, { database, metrics }: AppServices): void {
  const updateSchema = {
    tags,
    summary: 'Change a task',
    params: idParams,
    headers: conditionalHeaders,
    body: taskUpdate,
    response: { 200: taskSchema, ...errorResponses },
  };
  app.patch('/v1/tasks/:id', { schema: updateSchema }, async ({ tenant, params, headers, body }, reply) => {
    const change = { id: params.id, ifMatch: parseIfMatch(headers['if-match']), fields: body };
    return tagged(reply, await database.transaction((db) => taskService.update(db, tenant, change)));
  });

  const headers = conditionalHeaders.extend(idempotencyHeaders.shape);
  const completeSchema = {
    tags,
    summary: 'Mark a task as done',
    params: idParams,
    headers,
    response: { 200: taskSchema, ...errorResponses },
  };
  app.post('/v1/tasks/:id/complete', { schema: completeSchema }, async (request, reply) => {
    const change = {
      id: request.params.id,
      ifMatch: parseIfMatch(request.headers['if-match']),
      fields: { status: 'done' as const },
    };
    const work = (db: Parameters<typeof taskService.update>[0]) => taskService.update(db, request.tenant, change);
    return tagged(reply, await idempotently({ database, metrics, request, reply, work }));
  });
}

function tagged(reply: FastifyReply, task: Task): Task {
  reply.header('etag', etagOf(task));
  return task;
}
