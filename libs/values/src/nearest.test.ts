import { describe, expect, it } from '@jest/globals';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  it('finds what a typing mistake meant', () => {
    expect(nearest('persistance', ['resources', 'persistence'])).toBe('persistence');
  });

  it('offers nothing that is far away', () => {
    expect(nearest('volume', ['resources', 'persistence'])).toBeUndefined();
    expect(nearest('volume', [])).toBeUndefined();
  });
});
