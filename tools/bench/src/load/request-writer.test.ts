import { describe, expect, it } from '@jest/globals';
import { requestWriter } from './request-writer.ts';

const body = '{"n":"########"}';

describe('the writer of requests', () => {
  it('numbers requests, begins again after as many as told, and says the length in bytes', () => {
    const next = requestWriter({ method: 'POST', path: '/x', body: `${body} é`, numbers: 2 });
    const [first, second, third] = [next(), next(), next()];
    expect(first).toBe('POST /x HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 19\r\n\r\n{"n":"00000000"} é');
    expect([second.includes('00000001'), third]).toEqual([true, first]);
  });

  it('repeats a request without a mark as it is', () => {
    const next = requestWriter({ method: 'GET', path: '/', headers: { accept: 'a' } });
    expect([next(), next()]).toEqual(new Array(2).fill('GET / HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: a\r\n\r\n'));
  });
});
