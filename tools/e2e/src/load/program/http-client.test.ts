import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { type HttpHead, httpClient, NoAnswer } from './http-client.ts';

const request = { method: 'GET', path: '/' };

/** Asks a server that answers in this way, once; tells which heads were seen. */
async function ask(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  const send = httpClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 5000, connections: 'new' });
  const heads: HttpHead[] = [];
  const result = await send(request, (head) => heads.push(head)).catch((error: Error) => error);
  await new Promise((resolve) => server.close(resolve));
  return { result, heads };
}

describe('httpClient', () => {
  it('tells of the head of an answer that is cut afterwards, which is no answer', async () => {
    const { result, heads } = await ask((response) => {
      response.writeHead(200, { 'x-run-id': 'r' });
      response.write('event: run.started\n', () => response.destroy());
    });
    expect(result).toBeInstanceOf(NoAnswer);
    expect(heads).toEqual([
      expect.objectContaining({ status: 200, headers: expect.objectContaining({ 'x-run-id': 'r' }) }),
    ]);
  });

  it('tells of the head of a whole answer once', async () => {
    const { result, heads } = await ask((response) => response.writeHead(202).end('whole'));
    expect(result).toMatchObject({ status: 202, body: 'whole' });
    expect(heads).toEqual([expect.objectContaining({ status: 202 })]);
  });

  it('tells of no head where the connection is cut before one came', async () => {
    const { result, heads } = await ask((response) => response.destroy());
    expect(result).toBeInstanceOf(NoAnswer);
    expect(heads).toEqual([]);
  });
});
