import type { FastifyReply } from 'fastify';
import { AgentError } from '../agent-error.ts';

const left = new AgentError('client-gone');

/** Aborted when the client goes away before it has its answer. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const { raw } = reply;
  const gone = new AbortController();
  const onClose = () => {
    // The reason is shared: making one for every request costs more than the rest of this function.
    if (!raw.writableFinished) gone.abort(left);
  };
  // Whoever asks after work of its own may be too late for the event.
  if (raw.destroyed) onClose();
  else raw.once('close', onClose);
  return gone.signal;
}
