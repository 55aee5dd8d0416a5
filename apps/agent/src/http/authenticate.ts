import type { FastifyReply, FastifyRequest } from 'fastify';
import { AgentError } from '../agent-error.ts';
import type { AppServices } from './app-services.ts';
import type { RateLimiter } from './rate-limiter.ts';

export interface Gate extends Pick<AppServices, 'config' | 'apiKeys' | 'metrics'> {
  readonly limiter: RateLimiter | undefined;
}

/** Settles whose request it is and whether that tenant may make another one. */
export function authenticate(request: FastifyRequest, reply: FastifyReply, gate: Gate): void {
  request.tenant = tenantOf(request, reply, gate);
  const decision = gate.limiter?.take(request.tenant);
  if (decision === undefined) return;
  reply.header('x-ratelimit-limit', decision.limit).header('x-ratelimit-remaining', decision.remaining);
  if (decision.isAllowed) return;
  gate.metrics.rateLimited.inc();
  reply.header('retry-after', decision.resetSeconds);
  throw new AgentError('rate-limited', { allowed: decision.limit });
}

function tenantOf({ headers }: FastifyRequest, reply: FastifyReply, { config, apiKeys }: Gate): string {
  if (config.auth.mode === 'off') return 'default';
  const [, key] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const tenant = key === undefined ? undefined : apiKeys.tenantOf(key);
  if (tenant !== undefined) return tenant;
  reply.header('www-authenticate', 'Bearer');
  throw new AgentError('unauthenticated');
}
