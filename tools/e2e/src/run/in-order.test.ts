import { describe, expect, it } from '@jest/globals';
import { inOrder } from './in-order.ts';

describe('inOrder', () => {
  it('has long scenarios begin first, then those that stop nodes, and a power cut last of all', () => {
    const cut = { stopsNodes: 'unpowered', deadlineMs: 900_000 } as const;
    const drained = { stopsNodes: 'drained', deadlineMs: 480_000 } as const;
    const usual = {};
    const long = { deadlineMs: 700_000 };
    expect([cut, usual, drained, long].sort(inOrder)).toEqual([long, usual, drained, cut]);
  });
});
