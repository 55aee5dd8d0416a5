import { addresses, registryHost } from '../addresses.ts';
import type { MachineLayout } from '../cluster-layout.ts';

/** The image of the container that holds the namespaces of each pod. */
export const pauseImage = 'registry.k8s.io/pause:3.10';

/** containerd 1.6, as Debian has it. */
export function containerdConfig(
  layout: Pick<MachineLayout, 'containerdRoot' | 'containerdSocket' | 'runtimeDirectory' | 'cniDirectory'>,
  registryDirectory: string,
): string {
  return `version = 2
root = "${layout.containerdRoot}"
state = "${layout.runtimeDirectory}/containerd"

[grpc]
  address = "${layout.containerdSocket}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  disable_apparmor = true
  # Without CAP_SYS_RESOURCE a score cannot be lowered, and every sandbox would die of the attempt.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${layout.cniDirectory}"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${registryDirectory}"
`;
}

/** Where containerd finds the registry that charts name, and whom it trusts there. */
export function registryHosts(authority: string): string {
  return `server = "https://${registryHost}"\n\n[host."https://${registryHost}"]\n  ca = "${authority}"\n`;
}

/** Pods are routed through their node, so that policies see traffic inside a node too, and nothing hides their addresses. */
export function podNetwork(podRange: string): string {
  const ipam = { type: 'host-local', ranges: [[{ subnet: podRange }]], routes: [{ dst: '0.0.0.0/0' }] };
  const plugins = [
    { type: 'ptp', ipMasq: false, ipam },
    { type: 'portmap', capabilities: { portMappings: true } },
  ];
  return `${JSON.stringify({ cniVersion: '0.4.0', name: 'pods', plugins }, undefined, 2)}\n`;
}

/** Nameserver of pods. */
export const clusterDns = addresses.dnsService;
