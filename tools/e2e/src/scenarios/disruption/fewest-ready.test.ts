import { describe, expect, it } from '@jest/globals';
import { fewestReady } from './fewest-ready.ts';

function pod(name: string, { ready = true, isGoing = false } = {}) {
  const metadata = { name, ...(isGoing ? { deletionTimestamp: new Date(0) } : {}) };
  return { metadata, status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] } };
}

describe('fewestReady', () => {
  it('counts a pod as gone as soon as it is asked to go', () => {
    const going = { change: 'modified', object: pod('a', { isGoing: true }) } as const;
    expect(fewestReady([pod('a'), pod('b')], [going])).toBe(1);
  });

  it('sees that one came before the next went', () => {
    const changes = [
      { change: 'modified', object: pod('a', { isGoing: true }) },
      { change: 'added', object: pod('c', { ready: false }) },
      { change: 'modified', object: pod('c') },
      { change: 'deleted', object: pod('a') },
      { change: 'modified', object: pod('b', { isGoing: true }) },
    ] as const;
    expect(fewestReady([pod('a'), pod('b')], changes)).toBe(1);
  });

  it('sees that both were gone at the same time', () => {
    const going = ['a', 'b'].map((name) => ({ change: 'modified', object: pod(name, { isGoing: true }) }) as const);
    expect(fewestReady([pod('a'), pod('b')], going)).toBe(0);
  });
});
