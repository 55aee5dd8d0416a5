import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addresses, type NodeAddress, registryHost } from '../addresses.ts';
import { clusterLayout } from '../cluster-layout.ts';
import { runProgram } from '../run-program.ts';

interface CertificateRequest {
  readonly name: string;
  readonly subject: string;
  /** Names and addresses of a server; a certificate without them is a client's only. */
  readonly hosts?: readonly string[];
}

export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** The authority of one run of the cluster; its certificates end with it. */
export const authority: CertificateFiles = certificateFiles('ca');

/** Signs the tokens of service accounts. */
export const serviceAccountKeys = {
  private: join(clusterLayout.certificates, 'service-accounts.key'),
  public: join(clusterLayout.certificates, 'service-accounts.pub'),
} as const;

export function certificateFiles(name: string): CertificateFiles {
  const base = join(clusterLayout.certificates, name);
  return { certificate: `${base}.crt`, key: `${base}.key` };
}

/** Clients of the API server, each with a certificate and a kubeconfig of this name. */
export const clients = {
  admin: '/O=system:masters/CN=admin',
  'controller-manager': '/CN=system:kube-controller-manager',
  scheduler: '/CN=system:kube-scheduler',
  proxy: '/CN=system:kube-proxy',
  netpold: '/CN=netpold',
  'local-path-provisioner': '/CN=local-path-provisioner',
  'metrics-server': '/CN=metrics-server',
} as const;

export async function issueCertificates(nodes: readonly NodeAddress[]): Promise<void> {
  await mkdir(clusterLayout.certificates, { recursive: true, mode: 0o700 });
  await createAuthority();
  await Promise.all([...listRequests(nodes).map(issue), createServiceAccountKeys()]);
}

function listRequests(nodes: readonly NodeAddress[]): readonly CertificateRequest[] {
  return [
    { name: 'api-server', subject: '/O=system:masters/CN=kube-apiserver', hosts: apiServerHosts },
    { name: 'front-proxy', subject: '/CN=front-proxy-client' },
    { name: 'registry', subject: `/CN=${registryHost}`, hosts: [`DNS:${registryHost}`, `IP:${addresses.registry}`] },
    ...Object.entries(clients).map(([name, subject]) => ({ name, subject })),
    ...nodes.map(({ name, ip }) => ({
      name,
      subject: `/O=system:nodes/CN=system:node:${name}`,
      hosts: [`IP:${ip}`, `DNS:${name}`],
    })),
  ];
}

const apiServerHosts = [
  'IP:127.0.0.1',
  `IP:${addresses.controlPlane}`,
  `IP:${addresses.apiService}`,
  ...['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'].map(
    (name) => `DNS:${name}`,
  ),
];

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

async function createAuthority(): Promise<void> {
  const { certificate, key } = authority;
  const subject = ['-days', '365', '-subj', '/CN=task-api-cluster'];
  await runProgram(['openssl', 'req', '-x509', ...newKey, ...subject, '-keyout', key, '-out', certificate]);
}

async function createServiceAccountKeys(): Promise<void> {
  await runProgram(['openssl', 'genrsa', '-out', serviceAccountKeys.private, '2048']);
  await runProgram([
    ...['openssl', 'rsa', '-in', serviceAccountKeys.private],
    ...['-pubout', '-out', serviceAccountKeys.public],
  ]);
}

async function issue({ name, subject, hosts }: CertificateRequest): Promise<void> {
  const { certificate, key } = certificateFiles(name);
  const request = `${certificate}.request`;
  const extensions = `${certificate}.extensions`;
  await writeFile(extensions, describeUse(hosts));
  await runProgram(['openssl', 'req', ...newKey, '-subj', subject, '-keyout', key, '-out', request]);
  await runProgram([
    ...['openssl', 'x509', '-req', '-in', request, '-CA', authority.certificate, '-CAkey', authority.key],
    // A serial number of its own: certificates are issued side by side.
    ...['-set_serial', `0x${Buffer.from(name).toString('hex').slice(0, 32)}`],
    ...['-days', '365', '-out', certificate, '-extfile', extensions],
  ]);
}

function describeUse(hosts: readonly string[] | undefined): string {
  if (hosts === undefined) return 'extendedKeyUsage=clientAuth\n';
  return `extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=${hosts.join(',')}\n`;
}
