import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestSpan, Tracing } from '../telemetry/tracing.ts';
import { isQuietRoute } from './is-quiet-route.ts';

/** A span for each request, except for probes. Adds nothing to a request while tracing is off. */
export function traceRequests(app: FastifyInstance, { startRequest }: Tracing): void {
  if (startRequest === undefined) return;
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  app.addHook('onRequest', (request, _reply, next) => {
    const { url: route } = request.routeOptions;
    if (route !== undefined && isQuietRoute(route)) return next();
    const span = startRequest({ method: request.method, route }, traceparentOf(request.headers));
    spans.set(request, span);
    span.run(next);
  });
  // A body is parsed when its bytes come, which is outside of what the first hook started.
  app.addHook('preValidation', (request, _reply, next) => {
    const span = spans.get(request);
    if (span === undefined) next();
    else span.run(next);
  });
  app.addHook('onResponse', async (request, reply) => spans.get(request)?.end(reply.statusCode));
}

export function traceparentOf({ traceparent }: IncomingHttpHeaders): string | undefined {
  return typeof traceparent === 'string' ? traceparent : undefined;
}
