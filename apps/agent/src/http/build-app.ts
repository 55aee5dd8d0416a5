import { createServer } from 'node:http';
import swagger from '@fastify/swagger';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AgentError } from '../agent-error.ts';
import { appVersion } from '../app-version.ts';
import { admit, type Gate } from './admission.ts';
import type { AppServices } from './app-services.ts';
import { authenticate, decorateRequests, openToAll } from './authenticate.ts';
import { replyWithError } from './error-reply.ts';
import { KnownTextLane } from './known-text-lane.ts';
import { measureRequests } from './measure-requests.ts';
import { RateLimiter } from './rate-limiter.ts';
import { requestIdOf } from './request-id.ts';
import { RequestLogger } from './request-logger.ts';
import type { RouteServices } from './route-services.ts';
import { chatCompletionRoutes } from './routes/chat-completion-routes.ts';
import { modelRoutes } from './routes/model-routes.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { probeRoutes } from './routes/probe-routes.ts';
import { runRoutes } from './routes/run-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { taskRoutes } from './routes/task-routes.ts';
import { securityHeaders } from './security-headers.ts';
import { traceRequests } from './trace-requests.ts';

/** The whole HTTP application, ready to listen or to be called in a test. */
export async function buildApp(services: AppServices): Promise<FastifyInstance> {
  // Typed by the interface: pino's own type would become part of every signature.
  const loggerInstance: FastifyBaseLogger = services.log;
  const gate = openGate(services);
  const lane = new KnownTextLane({ ...services, gate });
  const app = fastify({
    loggerInstance,
    serverFactory: (handle) => createServer(timeouts, (request, response) => lane.handle(request, response, handle)),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: services.config.limits.bodyBytes,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    childLoggerFactory: (_parent, bindings) => new RequestLogger(services.log, bindings),
    genReqId: ({ headers }) => requestIdOf(headers),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  decorateRequests(app);
  app.setErrorHandler(replyWithError);
  app.setNotFoundHandler((request) => {
    throw new AgentError('route-unknown', { value: `${request.method} ${request.url.split('?')[0]}` });
  });
  await registerPlugins(app);
  addHooks(app, { ...services, lane }, gate);
  addRoutes(app, { ...services, lane });
  return app;
}

const timeouts = {
  requestTimeout: 30_000,
  // Longer than the idle timeout of the proxies in front: they must be the ones that close.
  keepAliveTimeout: 75_000,
};

function openGate(services: AppServices): Gate {
  const limit = services.config.limits.requestsPerMinute;
  return { ...services, limiter: limit === 0 ? undefined : new RateLimiter(services.redis, limit, Date.now) };
}

async function registerPlugins(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'task-api',
        description: 'An agent that keeps tasks, and the tasks themselves.',
        version: appVersion,
      },
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ apiKey: [] }, {}],
    },
    transform: createJsonSchemaTransform({ skipList: [] }),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry: z.globalRegistry }),
  });
}

function addHooks(app: FastifyInstance, { tracing, readiness, metrics, lane }: RouteServices, gate: Gate): void {
  traceRequests(app, tracing);
  // Hooks that every request passes call back, because a promise each would be felt.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders).header('x-request-id', request.id);
    if (readiness.isDraining) reply.header('connection', 'close');
    // By the route that was found, since its URL can be written in many ways. What is no route is not open either.
    if (request.routeOptions.config.isOpen !== true) {
      const admission = lane.seen(request.raw)?.admission ?? admit(request.headers, gate);
      authenticate(request, reply, { admission, metrics });
    }
    done();
  });
  measureRequests(app, metrics);
}

function addRoutes(app: FastifyInstance, services: RouteServices): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  for (const addGroup of [taskRoutes, sessionRoutes, runRoutes, chatCompletionRoutes, modelRoutes])
    typed.register(async (scope) => addGroup(scope.withTypeProvider<ZodTypeProvider>(), services));
  for (const addGroup of [probeRoutes, pageRoutes])
    typed.register(async (scope) => {
      scope.addHook('onRoute', openToAll);
      addGroup(scope.withTypeProvider<ZodTypeProvider>(), services);
    });
}
