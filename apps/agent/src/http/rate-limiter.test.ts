import { describe, expect, it } from '@jest/globals';
import { openRedisStore } from '../redis/redis-store.ts';
import { RateLimiter } from './rate-limiter.ts';

const absent = openRedisStore({ connection: undefined, onStateChange: () => undefined, onError: () => undefined });

describe('RateLimiter', () => {
  it('allows the limit in a minute and starts again in the next', () => {
    let nowMs = 60_000;
    const limiter = new RateLimiter(absent, 2, () => nowMs);
    expect([1, 2, 3].map(() => limiter.take('a').isAllowed)).toEqual([true, true, false]);
    nowMs = 120_000;
    expect(limiter.take('a').isAllowed).toBe(true);
  });

  it('counts each tenant by itself', () => {
    const limiter = new RateLimiter(absent, 1, () => 0);
    expect([limiter.take('a').isAllowed, limiter.take('b').isAllowed, limiter.take('a').isAllowed]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('says how long to wait', () => {
    expect(new RateLimiter(absent, 1, () => 61_500).take('a').resetSeconds).toBe(59);
  });
});
