import { describe, expect, it } from '@jest/globals';
import { nearest } from './nearest.ts';

const names = ['dev', 'staging', 'prod'];

describe('nearest', () => {
  it.each([
    ['prd', 'prod'],
    ['stagign', 'staging'],
    ['production', 'prod'],
    ['stag', 'staging'],
  ])('takes %s for %s', (typed, meant) => expect(nearest(typed, names)).toBe(meant));

  it('guesses nothing when no name is near', () => expect(nearest('canary', names)).toBeUndefined());
});
