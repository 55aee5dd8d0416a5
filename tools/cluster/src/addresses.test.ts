import { describe, expect, it } from '@jest/globals';
import { addresses, listNodes } from './addresses.ts';

describe('listNodes', () => {
  it('gives every node an address and a range of pods of its own', () => {
    const nodes = listNodes(3);
    expect(nodes.map(({ name }) => name)).toEqual(['node1', 'node2', 'node3']);
    expect(new Set(nodes.map(({ ip }) => ip)).size).toBe(3);
    expect(new Set(nodes.map(({ podRange }) => podRange)).size).toBe(3);
  });

  it('does not give away the addresses of the control plane', () => {
    const taken: readonly string[] = [addresses.controlPlane, addresses.registry];
    expect(listNodes(200).filter(({ ip }) => taken.includes(ip))).toEqual([]);
  });
});
