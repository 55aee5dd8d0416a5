import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { RequestLogger } from './request-logger.ts';

function written(use: (log: RequestLogger) => void): readonly Readonly<Record<string, unknown>>[] {
  const lines: string[] = [];
  use(new RequestLogger(pino({ level: 'info' }, { write: (line) => void lines.push(line) }), { reqId: 'request-1' }));
  return lines.map((line) => JSON.parse(line));
}

describe('RequestLogger', () => {
  it('writes whose request it was with every line', () => {
    const lines = written((log) => {
      log.warn({ status: 503 }, 'request');
      log.child({ part: 'stream' }).error('broken');
    });
    expect(lines).toMatchObject([
      { reqId: 'request-1', status: 503, msg: 'request', level: 40 },
      { reqId: 'request-1', part: 'stream', msg: 'broken', level: 50 },
    ]);
  });

  it('writes nothing below the level', () => {
    expect(written((log) => log.debug('request'))).toEqual([]);
  });
});
