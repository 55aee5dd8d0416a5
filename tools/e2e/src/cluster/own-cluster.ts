import { KubeConfig, VersionApi } from '@kubernetes/client-node';
import { type UpOptions, upCluster } from '@task-api/cluster';
import type { ClusterUnderTest } from './cluster-under-test.ts';

/** The cluster of this repository with three nodes, booted unless it runs already. */
export async function ownCluster(options: Omit<UpOptions, 'nodes'>): Promise<ClusterUnderTest> {
  const cluster = await upCluster({ ...options, nodes: 3 });
  const { kubeconfig, kubectl, nodes, bootMs } = cluster;
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const { gitVersion: kubernetesVersion } = await config.makeApiClient(VersionApi).getCode();
  return {
    kind: 'own',
    kubeconfig,
    kubectl,
    nodes,
    kubernetesVersion,
    bootMs,
    lacks: [],
    machines: cluster,
    loadImages: (images) => cluster.loadImages(images),
  };
}
