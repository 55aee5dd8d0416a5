import { describe, expect, it } from '@jest/globals';
import { slots } from './slots.ts';

describe('slots', () => {
  it('lets no more through at once than it has, and all in the end', async () => {
    const inSlot = slots(2);
    let running = 0;
    let most = 0;
    const work = async (index: number) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      return index;
    };
    const results = await Promise.all([0, 1, 2, 3, 4].map((index) => inSlot(() => work(index))));
    expect({ results, most }).toEqual({ results: [0, 1, 2, 3, 4], most: 2 });
  });

  it('frees the slot of work that failed', async () => {
    const inSlot = slots(1);
    await expect(inSlot(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(inSlot(async () => 'yes')).resolves.toBe('yes');
  });
});
