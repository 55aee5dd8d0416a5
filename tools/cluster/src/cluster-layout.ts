import { join } from 'node:path';

/** Part of every name that the cluster has on this machine: network namespaces, cgroups, directories below /run. */
export const clusterName = 'task-api';

/** All that a running cluster writes, images apart; `down` removes it. Below /var/lib, where every user of a pod may enter. */
const stateDirectory = '/var/lib/task-api-cluster';

/** Where the parts of a cluster keep their files. Sockets lie below /run, since their paths may have 107 characters only. */
export const clusterLayout = {
  stateDirectory,
  stateFile: join(stateDirectory, 'cluster.json'),
  certificates: join(stateDirectory, 'certificates'),
  kubeconfigs: join(stateDirectory, 'kubeconfigs'),
  logs: join(stateDirectory, 'logs'),
  etcd: join(stateDirectory, 'etcd'),
  registry: join(stateDirectory, 'registry'),
  volumes: join(stateDirectory, 'volumes'),
  /** The kubeconfig for people and programs of this machine. */
  kubeconfig: join(stateDirectory, 'kubeconfig'),
  controlPlaneNamespace: clusterName,
  runtimeDirectory: join('/run', `${clusterName}-cluster`),
  /** Held by whoever starts or stops the cluster. */
  lockFile: join('/run', `${clusterName}-cluster.lock`),
  /** Held by a run of scenarios. */
  runLockFile: join('/run', `${clusterName}-e2e.lock`),
} as const;

/** Files of one machine of the cluster, and its sockets. */
export function machineLayout(node: string): MachineLayout {
  const directory = join(stateDirectory, 'machines', node);
  const runtimeDirectory = join(clusterLayout.runtimeDirectory, node);
  return {
    directory,
    runtimeDirectory,
    containerdRoot: join(directory, 'containerd'),
    containerdConfig: join(directory, 'containerd.toml'),
    containerdSocket: join(runtimeDirectory, 'containerd.sock'),
    cniDirectory: join(directory, 'cni'),
    kubeletConfig: join(directory, 'kubelet.yaml'),
    kubeletRoot: join(directory, 'kubelet'),
    podLogs: join(directory, 'pod-logs'),
    initProcessId: join(directory, 'init.pid'),
  };
}

export interface MachineLayout {
  readonly directory: string;
  readonly runtimeDirectory: string;
  readonly containerdRoot: string;
  readonly containerdConfig: string;
  readonly containerdSocket: string;
  readonly cniDirectory: string;
  readonly kubeletConfig: string;
  readonly kubeletRoot: string;
  readonly podLogs: string;
  /** Holds the id, as this machine sees it, of process 1 of the node. */
  readonly initProcessId: string;
}
