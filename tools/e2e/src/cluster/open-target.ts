import { downCluster, openCluster } from '@task-api/cluster';
import type { ImageArchive } from '@task-api/images';
import type { ProgressLog } from '../run/progress-log.ts';
import type { ClusterUnderTest } from './cluster-under-test.ts';
import { foreignCluster } from './foreign-cluster.ts';
import { ownCluster } from './own-cluster.ts';

export interface TargetOptions {
  /** Of a cluster that somebody else runs. @default a cluster of our own */
  readonly kubeconfig?: string;
  /** Shell command that brings an image archive into that cluster. */
  readonly load?: string;
  /** Leaves the cluster running, and the namespaces in it. */
  readonly isKept: boolean;
  readonly progress: ProgressLog;
}

export interface Target {
  readonly cluster: ClusterUnderTest;
  close(): Promise<void>;
}

/** The cluster to run on, with the images in it. One that ran before stays up at the end. */
export async function openTarget(options: TargetOptions, archive: ImageArchive): Promise<Target> {
  const { kubeconfig, isKept, progress } = options;
  if (kubeconfig !== undefined) return openForeign({ ...options, kubeconfig }, archive);
  const isRunning = await openCluster().then(
    () => true,
    () => false,
  );
  const cluster = await ownCluster(archive, progress.line);
  await cluster.loadImages(archive);
  return { cluster, close: async () => void (isRunning || isKept || (await downCluster())) };
}

async function openForeign(
  { kubeconfig, load, progress }: TargetOptions & { readonly kubeconfig: string },
  archive: ImageArchive,
): Promise<Target> {
  const cluster = await foreignCluster({ kubeconfig, ...(load === undefined ? {} : { load }) });
  progress.line(`cluster of ${kubeconfig}: Kubernetes ${cluster.kubernetesVersion}, ${cluster.nodes.length} nodes`);
  await cluster.loadImages(archive);
  return { cluster, close: () => Promise.resolve() };
}
