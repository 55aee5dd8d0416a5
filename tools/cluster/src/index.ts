export { type Cluster, type CommandOutcome, findCluster } from './cluster.ts';
export { ClusterError, type ClusterRule } from './cluster-error.ts';
export { downCluster, listRemains } from './down-cluster.ts';
export { hostPackages } from './host/host-packages.ts';
export { compareSnapshots, type HostSnapshot, takeSnapshot } from './host/host-snapshot.ts';
export { goEnvironment } from './processes/cluster-process.ts';
export { type Rehearsal, rehearseCrashes } from './rehearse-crashes.ts';
export { type UpOptions, upCluster } from './up-cluster.ts';
