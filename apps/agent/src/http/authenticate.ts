import type { FastifyReply, FastifyRequest } from 'fastify';
import { AgentError } from '../agent-error.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { type Admission, limitHeaders } from './admission.ts';

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
  request.tenant = admission.tenant;
  const { decision } = admission;
  if (decision === undefined) return;
  reply.headers(limitHeaders(decision));
  if (decision.isAllowed) return;
  metrics.rateLimited.inc();
  reply.header('retry-after', decision.resetSeconds);
  throw new AgentError('rate-limited', { allowed: decision.limit });
}
