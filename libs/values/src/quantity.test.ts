import { describe, expect, it } from '@jest/globals';
import { parseQuantity } from './quantity.ts';

describe('parseQuantity', () => {
  it.each([
    ['250m', 0.25],
    ['2', 2],
    ['0.5', 0.5],
    ['1Gi', 1_073_741_824],
    ['1G', 1_000_000_000],
  ])('reads %s', (text, amount) => {
    expect(parseQuantity(text)).toBe(amount);
  });

  it.each(['', 'lots', '1 Gi', '1GB', '-1'])('takes %j for no quantity', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });
});
