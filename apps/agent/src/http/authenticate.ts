import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { AgentError } from '../agent-error.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { type Admission, limitHeaders } from './admission.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined for a request that was not admitted, or that nobody had to admit. */
    admission: Admission | undefined;
    /** Whose data the request is about. @throws for a request that was not admitted */
    readonly tenant: string;
  }
  interface FastifyContextConfig {
    /** Whether the route answers whoever asks, without a key and without a limit. @default false */
    readonly isOpen?: boolean;
  }
}

export interface Admitting {
  /** Undefined for who has no valid key. */
  readonly admission: Admission | undefined;
  readonly metrics: Metrics;
}

/** Lets in whoever was admitted, and refuses everybody else. */
export function authenticate(request: FastifyRequest, reply: FastifyReply, { admission, metrics }: Admitting): void {
  if (admission === undefined) {
    reply.header('www-authenticate', 'Bearer');
    throw new AgentError('unauthenticated');
  }
  request.admission = admission;
  const { decision } = admission;
  if (decision === undefined) return;
  reply.headers(limitHeaders(decision));
  if (decision.isAllowed) return;
  metrics.rateLimited.inc();
  reply.header('retry-after', decision.resetSeconds);
  throw new AgentError('rate-limited', { allowed: decision.limit });
}

/** Gives requests a tenant that they have from their admission alone: without one, nothing is done in anyone's name. */
export function decorateRequests(app: FastifyInstance): void {
  app.decorateRequest('admission', undefined);
  app.decorateRequest('tenant', { getter: tenantOf });
}

/** Hook for the registration of routes that need no key. */
export function openToAll(route: RouteOptions): void {
  route.config = { ...route.config, isOpen: true };
}

function tenantOf(this: FastifyRequest): string {
  if (this.admission !== undefined) return this.admission.tenant;
  throw new Error(`${this.method} ${this.routeOptions.url} asks for the tenant of a request that was not admitted`);
}
