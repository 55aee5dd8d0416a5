import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { kubeconfigOf } from '../certificates/write-kubeconfig.ts';
import { type Cluster, openCluster } from '../cluster.ts';
import type { CommandIo } from '../command-io.ts';
import { inClusterNetwork } from '../control-plane/in-cluster-network.ts';

/** `cluster shell [command…]`: in the network of the cluster, from which nodes, pods, Services and the registry are reached. */
export async function shell(command: readonly string[], io: CommandIo): Promise<number> {
  const cluster = await openCluster();
  const chosen = command.length > 0 ? command : [io.env.SHELL ?? 'bash'];
  const [program = '', ...args] = await inClusterNetwork(chosen);
  const child = spawn(program, args, { stdio: 'inherit', env: shellEnvironment(io.env, cluster) });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** With the kubectl of the cluster, and a kubeconfig that names the API server by its address in that network. */
export function shellEnvironment(env: NodeJS.ProcessEnv, { kubectl }: Pick<Cluster, 'kubectl'>): NodeJS.ProcessEnv {
  const path = [dirname(kubectl), env.PATH ?? ''].join(delimiter);
  return { ...env, KUBECONFIG: kubeconfigOf('admin'), PATH: path };
}
