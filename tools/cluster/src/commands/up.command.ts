import type { CommandIo } from '../command-io.ts';
import { type UpOptions, upCluster } from '../up-cluster.ts';

/** `cluster up`: progress on stderr, how to use it on stdout. */
export async function up({ nodes }: Pick<UpOptions, 'nodes'>, io: CommandIo): Promise<void> {
  const cluster = await upCluster({ nodes, onProgress: (line) => io.stderr.write(`${line}\n`) });
  io.stdout.write(`${cluster.nodes.length} node(s) up
  export KUBECONFIG=${cluster.kubeconfig}
  npm run cluster -- shell kubectl get pods --all-namespaces
`);
}
