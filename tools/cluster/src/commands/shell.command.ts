import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { openCluster } from '../cluster.ts';
import type { CommandIo } from '../command-io.ts';
import { inControlPlane } from '../control-plane/network.ts';

/** `cluster shell [command…]`: in the network of the control plane, from which pods and nodes are reached. */
export async function shell(command: readonly string[], io: CommandIo): Promise<number> {
  const cluster = await openCluster();
  const chosen = command.length > 0 ? command : [io.env.SHELL ?? 'bash'];
  const [program = '', ...args] = inControlPlane(chosen);
  const path = [dirname(cluster.kubectl), io.env.PATH ?? ''].join(delimiter);
  const env = { ...io.env, KUBECONFIG: cluster.kubeconfig, PATH: path };
  const child = spawn(program, args, { stdio: 'inherit', env });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
