import { KubeConfig, VersionApi } from '@kubernetes/client-node';
import { upCluster } from '@task-api/cluster';
import type { ImageArchive } from '@task-api/images';
import type { ClusterUnderTest } from './cluster-under-test.ts';

/** The cluster of this repository with three nodes, booted unless it runs already. */
export async function ownCluster(archive: ImageArchive, onProgress: (line: string) => void): Promise<ClusterUnderTest> {
  const cluster = await upCluster({ nodes: 3, archive, onProgress });
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
