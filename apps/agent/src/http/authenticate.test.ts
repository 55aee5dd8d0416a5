import { afterEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { createMetrics } from '../telemetry/metrics.ts';
import { authenticate, decorateRequests } from './authenticate.ts';

let app: FastifyInstance;
afterEach(() => app.close());

describe('the tenant of a request', () => {
  it('is the one that was admitted', async () => {
    app = fastify();
    decorateRequests(app);
    const admitting = { admission: { tenant: 'ann', decision: undefined }, metrics: createMetrics() };
    app.addHook('onRequest', async (request, reply) => authenticate(request, reply, admitting));
    app.get('/', async ({ tenant }) => ({ tenant }));
    expect((await app.inject('/')).json()).toEqual({ tenant: 'ann' });
  });

  it('is nobody where none was admitted: a route that was left unguarded fails instead of serving strangers', async () => {
    app = fastify();
    decorateRequests(app);
    app.get('/', async ({ tenant }) => ({ tenant }));
    const { statusCode, body } = await app.inject('/');
    expect(statusCode).toBe(500);
    expect(JSON.parse(body).message).toBe('GET / asks for the tenant of a request that was not admitted');
  });
});
