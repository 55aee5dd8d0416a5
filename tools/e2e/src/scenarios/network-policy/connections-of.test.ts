import { describe, expect, it } from '@jest/globals';
import { connectionsOf } from './connections-of.ts';

describe('connectionsOf', () => {
  it('has somebody for each target who is let through, so that silence is the work of a policy', () => {
    const connections = connectionsOf({ namespace: 'release', model: 'model.other.svc' });
    const targetsOf = (wanted: (isSilent: boolean) => boolean) =>
      new Set(
        connections.filter(({ expected }) => wanted(expected === 'silent')).map(({ host, port }) => `${host}:${port}`),
      );
    const answered = targetsOf((isSilent) => !isSilent);
    expect([...targetsOf((isSilent) => isSilent)].filter((target) => !answered.has(target))).toEqual([]);
    expect(answered.size).toBe(7);
  });
});
