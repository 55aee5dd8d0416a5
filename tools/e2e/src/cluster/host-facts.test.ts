import { describe, expect, it } from '@jest/globals';
import { newHostFacts, readHostFacts } from './host-facts.ts';

describe('host facts', () => {
  it('are read of this machine', async () => {
    const { mounts, links } = await readHostFacts();
    expect(mounts.some((line) => line.includes(' /proc '))).toBe(true);
    expect(links).toContain('lo');
  });

  it('tell what has come, not what has gone', () => {
    const before = { mounts: ['proc', 'tmp'], links: ['lo'], cgroups: [], 'packet filter': [] };
    const after = { mounts: ['proc'], links: ['lo', 'veth1'], cgroups: [], 'packet filter': [] };
    expect(newHostFacts(before, after)).toEqual(['links: veth1']);
    expect(newHostFacts(before, before)).toEqual([]);
  });
});
