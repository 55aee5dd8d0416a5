import type { NodeAddress } from '../addresses.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** Nodes exist before their kubelets, which then find the range of their pods. Each is a zone of its own. */
export function nodeObjects(nodes: readonly NodeAddress[]): readonly KubernetesObject[] {
  return nodes.map(({ name, podRange, number }) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': `zone${number}`, 'kubernetes.io/hostname': name } },
    spec: { podCIDR: podRange, podCIDRs: [podRange] },
  }));
}
