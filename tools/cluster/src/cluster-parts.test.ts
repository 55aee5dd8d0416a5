import { describe, expect, it } from '@jest/globals';
import { findMissingParts } from './cluster-parts.ts';

const controlPlane = [
  'etcd',
  'kube-apiserver',
  'api-forwarder-inside',
  'api-forwarder',
  'kube-controller-manager',
  'kube-scheduler',
];
const others = ['machine', 'containerd', 'kubelet', 'proxy', 'netpold'].map((agent) => `node1-${agent}`);
const whole = [...controlPlane, ...others, 'local-path-provisioner', 'metrics-server', 'registry'].map((name) => ({
  pid: 1,
  name,
  program: name,
}));

describe('findMissingParts', () => {
  it('finds nothing missing of a whole cluster', () => {
    expect(findMissingParts(1, whole)).toEqual({ controlPlane: [], others: [] });
  });

  it('tells parts of the control plane from all others', () => {
    const left = whole.filter(({ name }) => name !== 'etcd' && name !== 'node1-kubelet');
    expect(findMissingParts(1, left)).toEqual({ controlPlane: ['etcd'], others: ['node1-kubelet'] });
  });

  it('misses every agent of a node that is not there', () => {
    expect(findMissingParts(3, whole).others).toHaveLength(10);
  });

  it('takes no shim for the containerd that has started it', () => {
    const left = whole.map((one) => (one.name === 'node1-containerd' ? { ...one, program: 'containerd-shim' } : one));
    expect(findMissingParts(1, left).others).toEqual(['node1-containerd']);
  });
});
