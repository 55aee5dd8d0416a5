import { listNodes } from './addresses.ts';
import { findProcesses } from './processes/find-processes.ts';

/** Parts of a cluster that do not run. */
export interface MissingParts {
  /** Without them there is no cluster to speak of. */
  readonly controlPlane: readonly string[];
  /** Without them a node, or what is added to Kubernetes, does not work. */
  readonly others: readonly string[];
}

const controlPlane = [
  'etcd',
  'kube-apiserver',
  'api-forwarder-inside',
  'api-forwarder',
  'kube-controller-manager',
  'kube-scheduler',
];
const additions = ['local-path-provisioner', 'metrics-server', 'registry'];
const agents = ['machine', 'containerd', 'kubelet', 'proxy', 'netpold'];

/** What should run of a cluster with so many nodes and does not. */
export function findMissingParts(nodeCount: number, processes = findProcesses()): MissingParts {
  // Shims carry the name of the containerd that started them, and outlive it.
  const running = processes.filter(({ program }) => !program.startsWith('containerd-shim'));
  const names = new Set(running.map(({ name }) => name));
  const missing = (parts: readonly string[]) => parts.filter((part) => !names.has(part));
  const onNodes = listNodes(nodeCount).flatMap(({ name }) => agents.map((agent) => `${name}-${agent}`));
  return { controlPlane: missing(controlPlane), others: missing([...onNodes, ...additions]) };
}
