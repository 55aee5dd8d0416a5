import { describe, expect, it } from '@jest/globals';
import { countBy, inParallel, percentile } from './load.ts';

describe('inParallel', () => {
  it('does everything once, with no more at a time than allowed', async () => {
    const done: number[] = [];
    let busy = 0;
    let most = 0;
    await inParallel({ count: 20, width: 3 }, async (index) => {
      busy += 1;
      most = Math.max(most, busy);
      await new Promise((resolve) => setImmediate(resolve));
      busy -= 1;
      done.push(index);
    });
    expect([most, done.sort((a, b) => a - b)]).toEqual([3, Array.from({ length: 20 }, (_, index) => index)]);
  });
});

describe('percentile', () => {
  it('is one of the numbers', () => {
    expect([percentile([3, 1, 2], 0.5), percentile([5], 0.99), percentile([], 0.5)]).toEqual([2, 5, Number.NaN]);
  });
});

describe('countBy', () => {
  it('counts', () => {
    expect(countBy(['b', 'a', 'b'])).toEqual({ a: 1, b: 2 });
  });
});
