import { describe, expect, it } from '@jest/globals';
import { sumUp } from './tally.ts';

const failure = { connection: 'kept', message: 'ECONNRESET' } as const;

describe('sumUp', () => {
  it('counts requests by the second in which they ended, and shows the slowest', () => {
    const outcomes = [
      { kind: 'list', startedAtMs: 1000, tookMs: 10 },
      { kind: 'list', startedAtMs: 1900, tookMs: 300 },
      { kind: 'chat', startedAtMs: 2100, tookMs: 20 },
    ] as const;
    expect(sumUp(outcomes).seconds).toEqual([
      { atMs: 1000, succeeded: 1, failed: 0, medianMs: 10, slowestMs: 10 },
      { atMs: 2000, succeeded: 2, failed: 0, medianMs: 300, slowestMs: 300 },
    ]);
  });

  it('keeps failures apart, with their kind and the time at which they showed', () => {
    const { requests, failed, failures, byKind } = sumUp([
      { kind: 'create', startedAtMs: 1000, tookMs: 10 },
      { kind: 'create', startedAtMs: 1500, tookMs: 5, failure },
    ]);
    expect({ requests, failed }).toEqual({ requests: 2, failed: 1 });
    expect(failures).toEqual([{ atMs: 1505, kind: 'create', ...failure }]);
    expect(byKind.create).toMatchObject({ requests: 2, failed: 1 });
  });

  it('says nothing of no requests', () => {
    expect(sumUp([])).toEqual({ requests: 0, failed: 0, byKind: {}, failures: [], seconds: [] });
  });
});
