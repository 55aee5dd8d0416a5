import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { clusterLayout, clusterName } from '../cluster-layout.ts';
import { authority, certificateFiles } from './issue-certificates.ts';

export interface KubeconfigRequest {
  readonly path: string;
  /** Name of the certificate of the client. */
  readonly client: string;
  readonly server: string;
}

export function kubeconfigOf(client: string): string {
  return join(clusterLayout.kubeconfigs, `${client}.kubeconfig`);
}

/** Writes a kubeconfig that holds its certificates, so that it can be copied elsewhere. */
export async function writeKubeconfig({ path, client, server }: KubeconfigRequest): Promise<void> {
  const { certificate, key } = certificateFiles(client);
  const named = { name: clusterName };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ ...named, cluster: { server, 'certificate-authority-data': await encode(authority.certificate) } }],
    users: [
      {
        ...named,
        user: { 'client-certificate-data': await encode(certificate), 'client-key-data': await encode(key) },
      },
    ],
    contexts: [{ ...named, context: { cluster: clusterName, user: clusterName } }],
    'current-context': clusterName,
  };
  await writeFileAtomic(path, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
}

async function encode(path: string): Promise<string> {
  return (await readFile(path)).toString('base64');
}
