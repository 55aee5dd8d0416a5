import { CoreV1Api, KubeConfig, VersionApi } from '@kubernetes/client-node';
import type { ImageArchive } from '@task-api/images';
import { E2eError } from '../e2e-error.ts';
import { runProgram } from '../run/run-program.ts';
import type { ClusterUnderTest } from './cluster-under-test.ts';
import type { Need } from './need.ts';

export interface ForeignRequest {
  readonly kubeconfig: string;
  /** Shell command that brings an image archive into the cluster, with `{}` for its path. */
  readonly load: string;
}

/** A cluster that somebody else runs: kind, k3d, a real one. */
export async function foreignCluster({ kubeconfig, load }: ForeignRequest): Promise<ClusterUnderTest> {
  const found = await askCluster(kubeconfig).catch((cause) => {
    throw new E2eError('kubeconfig', { path: kubeconfig, detail: String(cause) }, { cause });
  });
  return {
    kind: 'foreign',
    kubeconfig,
    kubectl: 'kubectl',
    ...found,
    loadImages: (images) => loadImages(images, load),
  };
}

async function askCluster(path: string): Promise<Pick<ClusterUnderTest, 'nodes' | 'kubernetesVersion' | 'lacks'>> {
  const config = new KubeConfig();
  config.loadFromFile(path);
  const [nodes, version] = await Promise.all([
    config.makeApiClient(CoreV1Api).listNode(),
    config.makeApiClient(VersionApi).getCode(),
  ]);
  return {
    nodes: nodes.items.flatMap(({ metadata }) => metadata?.name ?? []),
    kubernetesVersion: version.gitVersion,
    lacks: ['machines', 'registry', ...(await missingAddOns(config))],
  };
}

async function missingAddOns(config: KubeConfig): Promise<readonly Need[]> {
  const { Metrics } = await import('@kubernetes/client-node');
  const hasMetrics = await new Metrics(config).getNodeMetrics().then(
    () => true,
    () => false,
  );
  return hasMetrics ? [] : ['metrics'];
}

async function loadImages({ path }: ImageArchive, load: string): Promise<void> {
  const command = load.includes('{}') ? load.replaceAll('{}', path) : `${load} ${path}`;
  const { exitCode, stdout, stderr } = await runProgram(['sh', '-c', command]);
  if (exitCode !== 0) throw new E2eError('load-command', { value: load, detail: `${stdout}${stderr}` });
}
