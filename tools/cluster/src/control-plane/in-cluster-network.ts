import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { addresses, registryHost } from '../addresses.ts';
import { clusterLayout } from '../cluster-layout.ts';
import { inControlPlane } from './network.ts';

const hostsFile = join(clusterLayout.stateDirectory, 'hosts');
const replaceHosts = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';

/**
 * A command where pods, Services and, under its public name, the registry are reached. The hosts file is replaced for
 * it alone, in mounts of its own.
 */
export async function inClusterNetwork(command: readonly string[]): Promise<readonly string[]> {
  await writeFileAtomic(hostsFile, `${await readFile('/etc/hosts', 'utf8')}\n${addresses.registry} ${registryHost}\n`);
  const own = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', replaceHosts, 'sh', hostsFile];
  return inControlPlane([...own, ...command]);
}
