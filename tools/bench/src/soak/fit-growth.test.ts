import { describe, expect, it } from '@jest/globals';
import { fitGrowth } from './fit-growth.ts';
import { isGrowing } from './judge-growth.ts';

/** A heap that fills up and is collected every ten readings, on top of what stays. */
function sawtooth(leftPerReading: number) {
  return Array.from({ length: 240 }, (_, index) => ({
    atMs: index * 1000,
    value: 60 + 8 * (index % 10) + leftPerReading * index,
  }));
}

describe('the growth of a heap', () => {
  it('is none as long as collections get it down again', () => {
    const growth = fitGrowth(sawtooth(0));
    expect([growth.start, growth.gain].map(Math.round)).toEqual([60, 0]);
    expect(isGrowing('heapMiB', growth)).toBe(false);
  });

  it('is what stays after the collections', () => {
    const growth = fitGrowth(sawtooth(0.25));
    expect(Math.round(growth.gain)).toBe(60);
    expect(isGrowing('heapMiB', growth)).toBe(true);
  });
});
