// Fastify that reads a question as JSON, gets the answer with one GET of Redis, and sends it: a cache without anything else.
// Usage: node redis-answer-main.ts <port> <URL of Redis> <key>
import fastify from 'fastify';
import { Redis } from 'ioredis';

const [, , port, url = '', key = ''] = process.argv;
const redis = new Redis(url, { enableAutoPipelining: true });
const app = fastify();
app.post('/v1/chat/completions', async (_request, reply) =>
  reply.type('application/json; charset=utf-8').send(await redis.get(key)),
);
await app.listen({ port: Number(port), host: '127.0.0.1' });
