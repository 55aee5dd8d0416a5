/** Addresses of the cluster, inside namespaces of its own: they do not touch networks of this machine. */
export const addresses = {
  controlPlane: '10.91.0.1',
  registry: '10.91.0.2',
  prefixLength: 24,
  services: '10.96.0.0/16',
  apiService: '10.96.0.1',
  dnsService: '10.96.0.10',
  pods: '10.244.0.0/16',
} as const;

export const ports = { apiServer: 6443, metricsServer: 4443, registry: 443 } as const;

/** What charts name their registry, here a server of the cluster. */
export const registryHost = 'registry-1.docker.io';

/** A node of the cluster; numbers start at 1. */
export interface NodeAddress {
  readonly number: number;
  readonly name: string;
  readonly ip: string;
  readonly podRange: string;
}

export function listNodes(count: number): readonly NodeAddress[] {
  return Array.from({ length: count }, (_, index) => nodeAddress(index + 1));
}

function nodeAddress(number: number): NodeAddress {
  return { number, name: `node${number}`, ip: `10.91.0.${10 + number}`, podRange: `10.244.${number}.0/24` };
}
