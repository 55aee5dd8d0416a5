import type { FastifyReply } from 'fastify';
import type { Inference } from '../cache/inference.ts';

/** Says where the answer comes from, and for one out of the cache how old it is. */
export function describeCache(reply: FastifyReply, { outcome, cached }: Pick<Inference, 'outcome' | 'cached'>): void {
  reply.header('x-cache', outcome);
  if (cached !== undefined) reply.header('age', Math.max(0, Math.floor((Date.now() - cached.storedAtMs) / 1000)));
}
