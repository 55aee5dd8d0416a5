import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';
import { isQuietRoute } from './is-quiet-route.ts';

export interface AnsweredRequest {
  readonly method: string;
  /** The template of the route. */
  readonly route: string;
  readonly status: number;
  readonly elapsedMs: number;
  /** Undefined where none was admitted. */
  readonly tenant: string | undefined;
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Has every request reported that the framework answers. */
export function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method, admission } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const answered = { method, route, status: reply.statusCode, elapsedMs: reply.elapsedTime };
    reportRequest({ ...answered, tenant: admission?.tenant }, metrics, request.log);
    done();
  });
}

/** Rate, errors and duration by route template, and one log line a request without its body or query. */
export function reportRequest(answered: AnsweredRequest, metrics: Metrics, log: FastifyBaseLogger): void {
  const { route, status, elapsedMs, tenant } = answered;
  const method = knownMethods.has(answered.method) ? answered.method : 'OTHER';
  metrics.httpRequests.inc({ method, route, status });
  metrics.httpDuration.observe({ method, route }, elapsedMs / 1000);
  log[levelOf(route, status)]({ method, route, status, ms: Math.round(elapsedMs), tenant }, 'request');
}

function levelOf(route: string, status: number): 'warn' | 'trace' | 'debug' {
  if (status >= 500) return 'warn';
  return isQuietRoute(route) ? 'trace' : 'debug';
}
