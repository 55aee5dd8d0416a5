// The least that Fastify does: what everything else is compared with.
// Usage: node hello-main.ts <port>
import fastify from 'fastify';

const app = fastify();
app.get('/', async () => ({ hello: 'world' }));
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
