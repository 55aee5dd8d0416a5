import { stringify } from 'yaml';
import type { NodeAddress } from '../addresses.ts';
import { authority, certificateFiles } from '../certificates/issue-certificates.ts';
import { clusterName, type MachineLayout } from '../cluster-layout.ts';
import { clusterDns } from './containerd-config.ts';

/** The kubelet of a node, for cgroup version 1 without systemd. */
export function kubeletConfig(node: NodeAddress, layout: MachineLayout): string {
  const { certificate, key } = certificateFiles(node.name);
  return stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    authentication: {
      anonymous: { enabled: false },
      x509: { clientCAFile: authority.certificate },
      webhook: { enabled: true },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: certificate,
    tlsPrivateKeyFile: key,
    clusterDomain: 'cluster.local',
    clusterDNS: [clusterDns],
    containerRuntimeEndpoint: `unix://${layout.containerdSocket}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${clusterName}/${node.name}`,
    podLogsDir: layout.podLogs,
    failSwapOn: false,
    resolvConf: '',
    // The disk is this machine's: whether it is nearly full is not for a test cluster to act on.
    evictionHard: { 'imagefs.available': '1%', 'nodefs.available': '1%', 'memory.available': '100Mi' },
    imageGCHighThresholdPercent: 100,
    localStorageCapacityIsolation: false,
    maxOpenFiles: 20_000,
    // A node that is gone is noticed within ten seconds, see the controller manager.
    nodeStatusUpdateFrequency: '2s',
    nodeLeaseDurationSeconds: 8,
  });
}
