import { describe, expect, it } from '@jest/globals';
import { runInParallel } from './run-in-parallel.ts';

describe('runInParallel', () => {
  it('works on as many items as allowed at once, and on no more', async () => {
    const underWay = new Set<number>();
    let most = 0;
    const results = await runInParallel([1, 2, 3, 4, 5], 2, async (item) => {
      underWay.add(item);
      most = Math.max(most, underWay.size);
      await new Promise(setImmediate);
      underWay.delete(item);
      return item * 10;
    });
    expect(most).toBe(2);
    expect(results).toEqual([10, 20, 30, 40, 50]);
  });

  it('gives results in the order of the items, whatever ended first', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const running = runInParallel([0, 1], 2, async (item) => {
      await gates[item]?.promise;
      return item;
    });
    gates[1]?.resolve();
    gates[0]?.resolve();
    expect(await running).toEqual([0, 1]);
  });
});
