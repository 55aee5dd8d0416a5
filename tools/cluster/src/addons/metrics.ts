import { addresses, ports } from '../addresses.ts';
import { authority } from '../certificates/issue-certificates.ts';
import { kubeconfigOf } from '../certificates/write-kubeconfig.ts';
import { clusterLayout } from '../cluster-layout.ts';
import type { Programs } from '../components/build-components.ts';
import { inControlPlane } from '../control-plane/network.ts';
import type { ClusterProcess } from '../processes/cluster-process.ts';
import { grant, user } from './grant.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

const name = 'metrics-server';
const namespace = 'kube-system';
const group = 'metrics.k8s.io';

/** Serves what `kubectl top` and autoscalers ask for. */
export function metricsServer(programs: Programs): ClusterProcess {
  const kubeconfig = kubeconfigOf(name);
  const flags = {
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': addresses.controlPlane,
    'secure-port': String(ports.metricsServer),
    'cert-dir': `${clusterLayout.stateDirectory}/metrics-server`,
    'kubelet-preferred-address-types': 'InternalIP',
    'kubelet-certificate-authority': authority.certificate,
    // Has to be longer than a request to a kubelet may take, or the server panics.
    'metric-resolution': '10s',
    'kubelet-request-timeout': '5s',
  };
  const options = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  return { name, command: inControlPlane([programs[name] ?? '', ...options]) };
}

/** The aggregated API, and the address of the process behind it. */
export function metricsObjects(): readonly KubernetesObject[] {
  const metadata = { name, namespace };
  return [
    ...grant(name, user(name), rules),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { ports: [{ name: 'https', port: 443, targetPort: ports.metricsServer }] },
    },
    endpoints(),
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `v1beta1.${group}` },
      spec: {
        ...{ group, version: 'v1beta1', groupPriorityMinimum: 100, versionPriority: 100 },
        service: metadata,
        // Its certificate is its own and names no Service; the way to it does not leave this machine.
        insecureSkipTLSVerify: true,
      },
    },
  ];
}

const rules = [
  { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
  { apiGroups: [''], resources: ['pods', 'nodes', 'namespaces', 'configmaps'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

function endpoints(): KubernetesObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [addresses.controlPlane], conditions: { ready: true } }],
    ports: [{ name: 'https', port: ports.metricsServer, protocol: 'TCP' }],
  };
}
