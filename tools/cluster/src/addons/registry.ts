import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { addresses, ports } from '../addresses.ts';
import { certificateFiles } from '../certificates/issue-certificates.ts';
import { clusterLayout } from '../cluster-layout.ts';
import type { Programs } from '../components/build-components.ts';
import { inControlPlane } from '../control-plane/network.ts';
import type { ClusterProcess } from '../processes/cluster-process.ts';

const name = 'registry';
const settingsFile = join(clusterLayout.stateDirectory, 'registry.yaml');

/** An OCI registry with TLS, at the address that the public one's name resolves to inside the cluster's networks. */
export async function registry(programs: Programs): Promise<ClusterProcess> {
  const { certificate, key } = certificateFiles(name);
  const settings = {
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: clusterLayout.registry }, delete: { enabled: true } },
    http: { addr: `${addresses.registry}:${ports.registry}`, tls: { certificate, key } },
  };
  await writeFile(settingsFile, stringify(settings));
  return { name, command: inControlPlane([programs[name] ?? '', 'serve', settingsFile]) };
}
