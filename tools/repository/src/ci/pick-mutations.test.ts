import { describe, expect, it } from '@jest/globals';
import { pickMutations } from './pick-mutations.ts';

const names = ['a', 'b', 'c', 'd', 'e'];

describe('pickMutations', () => {
  it('picks the same ones for a commit and others for another, round the end of the list', () => {
    expect(pickMutations(names, '00000001ff', 3)).toEqual(['b', 'c', 'd']);
    expect(pickMutations(names, '00000004ff', 3)).toEqual(['e', 'a', 'b']);
  });

  it('picks each one once when there are fewer', () => {
    expect(pickMutations(names, '00000000ff', 9)).toEqual(names);
  });
});
