import type { FastifyInstance } from 'fastify';
import type { AppServices } from './app-services.ts';
import { isQuietRoute } from './is-quiet-route.ts';

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Rate, errors and duration by route template, and one log line a request without its body or query. */
export function measureRequests(app: FastifyInstance, { metrics }: Pick<AppServices, 'metrics'>): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const method = knownMethods.has(request.method) ? request.method : 'OTHER';
    metrics.httpRequests.inc({ method, route, status: reply.statusCode });
    metrics.httpDuration.observe({ method, route }, reply.elapsedTime / 1000);
    request.log[levelOf(route, reply.statusCode)](
      { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), tenant: request.tenant },
      'request',
    );
    done();
  });
}

function levelOf(route: string, status: number): 'warn' | 'trace' | 'debug' {
  if (status >= 500) return 'warn';
  return isQuietRoute(route) ? 'trace' : 'debug';
}
