import { describe, expect, it } from '@jest/globals';
import { listRollouts, progressAfter } from './rollouts.ts';

describe('listRollouts', () => {
  it('has as many of each kind as there are rounds', () => {
    const kinds = Object.groupBy(listRollouts(5), ({ kind }) => kind);
    expect(Object.values(kinds).map((of) => of?.length)).toEqual([5, 5, 5]);
  });

  it('changes one thing at a time and never goes back', () => {
    const sums = listRollouts(3)
      .map(progressAfter)
      .map(({ config, image, chart }) => config + image + chart);
    expect(sums).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
