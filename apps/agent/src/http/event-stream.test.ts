import { once } from 'node:events';
import { get } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { createMetrics } from '../telemetry/metrics.ts';
import { type StreamEvent, sendEventStream } from './event-stream.ts';

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

describe('an event stream whose client does not read and then leaves', () => {
  it('lets its source end, so that nothing it has opened stays open', async () => {
    const { url, ended, sent } = await serveEndlessEvents();
    const request = get(url);
    const [response] = await once(request, 'response');
    response.pause();
    // Once the buffers on the way are full, the source is asked for nothing more.
    await untilStill(sent);
    request.destroy();
    expect(await ended).toBe('ended');
  });
});

async function serveEndlessEvents() {
  const ended = Promise.withResolvers<string>();
  let count = 0;
  async function* events(): AsyncGenerator<StreamEvent> {
    try {
      for (;;) {
        count += 1;
        yield { id: count, data: 'x'.repeat(10_000) };
      }
    } finally {
      ended.resolve('ended');
    }
  }
  const services = { metrics: createMetrics(), shutdown: new AbortController().signal };
  app = fastify();
  app.get('/', async (_request, reply) => sendEventStream(reply, events, { services }));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, ended: ended.promise, sent: () => count };
}

async function untilStill(sent: () => number): Promise<void> {
  for (let before = 0; before === 0 || before !== sent(); ) {
    before = sent();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
