import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyLoad } from '../src/load/apply-load.ts';
import type { LoadPlan, LoadRequest } from '../src/load/load-request.ts';
import { requestWriter } from '../src/load/request-writer.ts';

/** Answers with a status of the path, keeps the bodies, and cuts the connection of who asks for `/cut`. */
const bodies: string[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    bodies.push(body);
    if (request.url === '/cut') return void response.destroy();
    response.writeHead(Number(request.url?.slice(1)), { 'x-cache': 'MISS' });
    response.write('a ');
    response.end('chunk');
  });
});
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => {
  server.close();
});

function load(request: LoadRequest, extent: Partial<LoadPlan>) {
  const address = server.address();
  const port = typeof address === 'object' ? Number(address?.port) : 0;
  return applyLoad({ host: '127.0.0.1', port, connections: 4, request, ...extent }, requestWriter(request));
}

describe('load', () => {
  it('makes as many requests as told, each with its number, and counts what came back', async () => {
    const request: LoadRequest = { method: 'POST', path: '/201', body: '########', numbers: 100 };
    const result = await load(request, { requests: 10 });
    expect([result.requests, result.outcomes]).toEqual([10, { '201 MISS': 10 }]);
    expect([...bodies].sort()).toEqual(Array.from({ length: 10 }, (_, index) => String(index).padStart(8, '0')));
    expect(result.p50Ms).toBeGreaterThan(0);
    expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms);
  });

  it('ends after its time', async () => {
    const result = await load({ method: 'GET', path: '/200' }, { durationMs: 200 });
    expect(result.elapsedMs).toBeGreaterThanOrEqual(200);
    expect(result.outcomes['200 MISS']).toBe(result.requests);
  });

  it('says that a server cuts connections, and goes on without them', async () => {
    const result = await load({ method: 'GET', path: '/cut' }, { requests: 100 });
    expect([result.requests, result.outcomes]).toEqual([4, { cut: 4 }]);
  });
});
