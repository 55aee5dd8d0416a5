import { addresses } from '../addresses.ts';
import { grant } from './grant.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

const namespace = 'kube-system';
const serviceAccount = 'coredns';
/** The label that charts name in the rule that opens DNS: a server outside of pods would match no such rule. */
const labels = { 'k8s-app': 'kube-dns' };

const corefile = `.:53 {
  errors
  health
  ready
  kubernetes cluster.local in-addr.arpa {
    pods insecure
  }
  cache 5
}
`;

export interface DnsRequest {
  /** Path of the program on every node. */
  readonly program: string;
  /** An image with a file system to run it in. */
  readonly image: string;
}

/** CoreDNS as a pod whose program comes from the node. */
export function dnsObjects(request: DnsRequest): readonly KubernetesObject[] {
  const metadata = { name: serviceAccount, namespace };
  const subject = { kind: 'ServiceAccount', name: serviceAccount, namespace } as const;
  return [
    dnsService(),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    ...grant('coredns', subject, [
      { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ]),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { Corefile: corefile } },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: dnsDeployment(request) },
  ];
}

function dnsService(): KubernetesObject {
  const port = { port: 53, targetPort: 53 };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace, labels },
    spec: {
      clusterIP: addresses.dnsService,
      selector: labels,
      ports: [
        { name: 'dns', protocol: 'UDP', ...port },
        { name: 'dns-tcp', protocol: 'TCP', ...port },
      ],
    },
  };
}

function dnsDeployment({ program, image }: DnsRequest): Readonly<Record<string, unknown>> {
  const container = {
    name: 'coredns',
    image,
    command: ['/coredns', '-conf', '/etc/coredns/Corefile'],
    ports: [
      { containerPort: 53, protocol: 'UDP' },
      { containerPort: 53, protocol: 'TCP' },
    ],
    readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
    // Without a request it would be the last to get a processor, and whoever asks for a name would wait with it.
    resources: { requests: { cpu: '200m', memory: '70Mi' } },
    volumeMounts: [
      { name: 'program', mountPath: '/coredns', readOnly: true },
      { name: 'configuration', mountPath: '/etc/coredns' },
    ],
  };
  const pod = {
    serviceAccountName: serviceAccount,
    terminationGracePeriodSeconds: 1,
    priorityClassName: 'system-cluster-critical',
    containers: [container],
    volumes: [
      { name: 'program', hostPath: { path: program, type: 'File' } },
      { name: 'configuration', configMap: { name: serviceAccount } },
    ],
  };
  return { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } };
}
