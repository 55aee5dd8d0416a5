import { join } from 'node:path';
import { addresses, ports } from '../addresses.ts';
import { clusterLayout } from '../cluster-layout.ts';
import type { ClusterProcess } from '../processes/cluster-process.ts';
import { inControlPlane } from './network.ts';

const socket = join(clusterLayout.runtimeDirectory, 'api.sock');

/** Without it each request waits up to 45 ms for the acknowledgement of the part before. */
const atOnce = 'nodelay';

/**
 * Carries a port of this machine's loopback into the network of the control plane: a socket in the file system is seen
 * from both, whatever their networks.
 */
export function apiForwarder(port: number): readonly ClusterProcess[] {
  const inside = [
    'socat',
    `UNIX-LISTEN:${socket},fork,unlink-early`,
    `TCP:${addresses.controlPlane}:${ports.apiServer},${atOnce}`,
  ];
  const outside = ['socat', `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr,${atOnce}`, `UNIX-CONNECT:${socket}`];
  return [
    { name: 'api-forwarder-inside', command: inControlPlane(inside) },
    { name: 'api-forwarder', command: outside },
  ];
}
