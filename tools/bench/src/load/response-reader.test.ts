import { describe, expect, it } from '@jest/globals';
import { ResponseReader } from './response-reader.ts';

describe('the reader of responses', () => {
  it('ends a response where its length says, in whatever pieces it comes', () => {
    const reader = new ResponseReader();
    const pieces = ['HTTP/1.1 200 OK\r\nX-Cache: HI', 'T\r\nContent-Length: 4\r\n\r', '\nab', 'cd'];
    expect(pieces.map((piece) => reader.push(piece))).toEqual([
      undefined,
      undefined,
      undefined,
      { status: 200, cache: 'HIT' },
    ]);
  });

  it('ends a chunked response with its last chunk, and then reads the next one', () => {
    const reader = new ResponseReader();
    const head = 'HTTP/1.1 503 No\r\ntransfer-encoding: chunked\r\n\r\n';
    expect(reader.push(`${head}3\r\nabc\r\n`)).toBeUndefined();
    expect(reader.push('0\r\n\r\n')).toEqual({ status: 503, cache: '' });
    expect(reader.push(`${head}0\r\n\r\n`)).toEqual({ status: 503, cache: '' });
  });
});
