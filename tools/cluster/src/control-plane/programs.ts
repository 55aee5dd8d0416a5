import { addresses, ports } from '../addresses.ts';
import { authority, certificateFiles, serviceAccountKeys } from '../certificates/issue-certificates.ts';
import { kubeconfigOf } from '../certificates/write-kubeconfig.ts';
import { clusterLayout } from '../cluster-layout.ts';
import type { Programs } from '../components/build-components.ts';
import type { ClusterProcess } from '../processes/cluster-process.ts';
import { inControlPlane } from './network.ts';

const etcdUrl = 'http://127.0.0.1:2379';

/** Seconds without a sign of life after which a node counts as lost. */
const nodeGraceSeconds = 10;

/** etcd without fsync: the data of a test cluster need not survive this machine. */
export function etcd(programs: Programs): ClusterProcess {
  return inNamespace('etcd', programs, {
    'data-dir': clusterLayout.etcd,
    'listen-client-urls': etcdUrl,
    'advertise-client-urls': etcdUrl,
    'listen-peer-urls': 'http://127.0.0.1:2380',
    'unsafe-no-fsync': 'true',
    'log-level': 'warn',
  });
}

export function apiServer(programs: Programs): ClusterProcess {
  const server = certificateFiles('api-server');
  const frontProxy = certificateFiles('front-proxy');
  return inNamespace('kube-apiserver', programs, {
    'etcd-servers': etcdUrl,
    // A loopback address is refused.
    'advertise-address': addresses.controlPlane,
    'secure-port': String(ports.apiServer),
    'service-cluster-ip-range': addresses.services,
    'client-ca-file': authority.certificate,
    'tls-cert-file': server.certificate,
    'tls-private-key-file': server.key,
    'service-account-key-file': serviceAccountKeys.public,
    'service-account-signing-key-file': serviceAccountKeys.private,
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'allow-privileged': 'true',
    // A certificate of system:masters: without it logs and exec are forbidden.
    'kubelet-client-certificate': server.certificate,
    'kubelet-client-key': server.key,
    'kubelet-preferred-address-types': 'InternalIP',
    // Aggregated APIs (metrics.k8s.io) take users from these headers, signed by this client.
    'proxy-client-cert-file': frontProxy.certificate,
    'proxy-client-key-file': frontProxy.key,
    'requestheader-client-ca-file': authority.certificate,
    'requestheader-allowed-names': 'front-proxy-client',
    'requestheader-username-headers': 'X-Remote-User',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'enable-aggregator-routing': 'true',
    // Pods of a lost node move after seconds, not after five minutes.
    'default-not-ready-toleration-seconds': '5',
    'default-unreachable-toleration-seconds': '5',
    profiling: 'false',
  });
}

export function controllerManager(programs: Programs): ClusterProcess {
  return inNamespace('kube-controller-manager', programs, {
    ...clientOf('controller-manager'),
    'service-account-private-key-file': serviceAccountKeys.private,
    'root-ca-file': authority.certificate,
    'use-service-account-credentials': 'true',
    'cluster-signing-cert-file': authority.certificate,
    'cluster-signing-key-file': authority.key,
    'allocate-node-cidrs': 'false',
    'service-cluster-ip-range': addresses.services,
    'leader-elect': 'false',
    // The default rate costs six seconds of every boot.
    'kube-api-qps': '500',
    'kube-api-burst': '1000',
    'node-monitor-period': '1s',
    'node-monitor-grace-period': `${nodeGraceSeconds}s`,
    'node-startup-grace-period': `${nodeGraceSeconds}s`,
    'unhealthy-zone-threshold': '1.0',
    'flex-volume-plugin-dir': `${clusterLayout.stateDirectory}/volume-plugins`,
    // Autoscaling decides within seconds, so that a test need not wait for minutes.
    'horizontal-pod-autoscaler-sync-period': '3s',
    'horizontal-pod-autoscaler-initial-readiness-delay': '1s',
    'horizontal-pod-autoscaler-cpu-initialization-period': '5s',
    'horizontal-pod-autoscaler-downscale-stabilization': '20s',
  });
}

export function scheduler(programs: Programs): ClusterProcess {
  return inNamespace('kube-scheduler', programs, { ...clientOf('scheduler'), 'leader-elect': 'false' });
}

function clientOf(client: string): Readonly<Record<string, string>> {
  const path = kubeconfigOf(client);
  return { kubeconfig: path, 'authentication-kubeconfig': path, 'authorization-kubeconfig': path };
}

function inNamespace(name: string, programs: Programs, flags: Readonly<Record<string, string>>): ClusterProcess {
  const options = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  return { name, command: inControlPlane([programs[name] ?? '', ...options]) };
}
