import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { AppServices } from './app-services.ts';
import { clientGone } from './client-gone.ts';

export interface StreamEvent {
  readonly id?: number;
  readonly event?: string;
  readonly retryMs?: number;
  /** One line of text, usually JSON. */
  readonly data: string;
}

export interface EventStreamOptions {
  readonly services: Pick<AppServices, 'metrics' | 'shutdown'>;
  /** Called when the client went away before the end. */
  readonly onDisconnect?: () => void;
}

const heartbeatMs = 15_000;

/**
 * Sends events as they come. The source is told by the signal to stop: the client left, or the process ends.
 * @throws `client-gone` when the client has left before
 */
export function sendEventStream(
  reply: FastifyReply,
  open: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
  options: EventStreamOptions,
): FastifyReply {
  const { services, onDisconnect } = options;
  const gone = clientGone(reply);
  if (gone.aborted) onDisconnect?.();
  gone.throwIfAborted();
  // Not left to the end of the text: one that nobody begins to read never ends either.
  if (onDisconnect !== undefined) gone.addEventListener('abort', onDisconnect, { once: true });
  const signal = AbortSignal.any([gone, services.shutdown]);
  const text = Readable.from(streamText(open(signal), services), { objectMode: false, highWaterMark: 16_384 });
  // The client's leaving is no error, and the source's failures are turned into events by the source.
  text.on('error', (error) => reply.log.debug({ err: error }, 'event stream ended early'));
  reply.raw.once('close', () => text.destroy());
  const headers = { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' };
  return reply.type('text/event-stream; charset=utf-8').headers(headers).send(text);
}

export function formatEvent({ id, event, retryMs, data }: StreamEvent): string {
  return `${line('id', id)}${line('event', event)}${line('retry', retryMs)}data: ${data}\n\n`;
}

function line(field: string, value: string | number | undefined): string {
  return value === undefined ? '' : `${field}: ${value}\n`;
}

async function* streamText(
  source: AsyncIterable<StreamEvent>,
  { metrics }: EventStreamOptions['services'],
): AsyncGenerator<string> {
  metrics.openStreams.inc();
  try {
    yield* withHeartbeat(source);
  } finally {
    metrics.openStreams.dec();
  }
}

/** A comment in every silence, so that proxies keep the connection and a dead client is noticed. */
async function* withHeartbeat(source: AsyncIterable<StreamEvent>): AsyncGenerator<string> {
  const events = source[Symbol.asyncIterator]();
  let next = events.next();
  try {
    for (;;) {
      const result = await orSilence(next);
      if (result === 'silence') yield ': keep-alive\n\n';
      else if (result.done) return;
      else {
        yield formatEvent(result.value);
        next = events.next();
      }
    }
  } finally {
    // A source that waits for its reader would wait for ever, and keep what it has opened. Nobody waits for its end.
    events.return?.().catch(() => undefined);
  }
}

async function orSilence<Result>(next: Promise<Result>): Promise<Result | 'silence'> {
  const silence = Promise.withResolvers<'silence'>();
  const timer = setTimeout(() => silence.resolve('silence'), heartbeatMs);
  try {
    return await Promise.race([next, silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}
