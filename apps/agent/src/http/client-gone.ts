import type { FastifyReply } from 'fastify';
import { AgentError } from '../agent-error.ts';

const left = new AgentError('client-gone');

/** Aborted when the client goes away before it has its answer. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    // The reason is shared: making one for every request costs more than the rest of this function.
    if (!reply.raw.writableFinished) gone.abort(left);
  });
  return gone.signal;
}
