// Fastify with one GET of Redis a request, set up as well as we know how.
// Usage: node redis-get-main.ts <port> <URL of Redis> <key>
import fastify from 'fastify';
import { Redis } from 'ioredis';

const [, , port, url = '', key = ''] = process.argv;
const redis = new Redis(url, { enableAutoPipelining: true });
const app = fastify();
app.get('/', async (_request, reply) => reply.type('application/json').send(await redis.get(key)));
await app.listen({ port: Number(port), host: '127.0.0.1' });
