import { describe, expect, it } from '@jest/globals';
import { compareSnapshots, type HostSnapshot } from './host-snapshot.ts';

const clean: HostSnapshot = {
  processes: [],
  mounts: ['/etc/hosts'],
  links: ['lo'],
  networkNamespaces: [],
  cgroups: [],
  packetRules: ['-A FORWARD -j DROP'],
};

describe('compareSnapshots', () => {
  it('finds nothing between a machine and itself', () => {
    expect(compareSnapshots(clean, clean)).toEqual([]);
  });

  it('names what was left and what is gone', () => {
    const after = { ...clean, links: ['lo', 'to-node1'], mounts: [], processes: ['etcd (7)'] };
    expect(compareSnapshots(clean, after)).toEqual([
      'processes: etcd (7) was left',
      'mounts: /etc/hosts is gone',
      'links: to-node1 was left',
    ]);
  });
});
