/** A Go module below `modules/` and the programs that are built from it. */
export interface Component {
  /** Folder below `modules/`. */
  readonly module: string;
  /** What `go install` is asked for: `tool` is every tool that go.mod lists, `.` the module's own main package. */
  readonly target: 'tool' | '.';
  /** Programs by the names that they get, and the names that Go gives them. */
  readonly programs: Readonly<Record<string, string>>;
  /** Variables that the linker sets, as functions of the version that go.mod requires of `versionOf`. */
  readonly stamp?: Stamp;
  /** About the CPU seconds of a build without any cache, twice what it took on two cores; for the estimate that is shown. */
  readonly coldCpuSeconds: number;
}

export interface Stamp {
  readonly versionOf: string;
  readonly variables: (version: string) => Readonly<Record<string, string>>;
}

/**
 * What a cluster is made of, in the order in which it is built: later ones find packages of earlier ones compiled.
 * Versions stand in the go.mod of each module, checksums in its go.sum.
 */
export const components: readonly Component[] = [
  {
    module: 'kubernetes',
    target: 'tool',
    programs: {
      'kube-apiserver': 'kube-apiserver',
      'kube-controller-manager': 'kube-controller-manager',
      'kube-proxy': 'kube-proxy',
      'kube-scheduler': 'kube-scheduler',
      kubectl: 'kubectl',
      kubelet: 'kubelet',
    },
    // Without it the API server calls itself v0.0.0, and charts that ask for a version refuse it.
    stamp: { versionOf: 'k8s.io/kubernetes', variables: kubernetesVersion },
    coldCpuSeconds: 1000,
  },
  { module: 'etcd', target: 'tool', programs: { etcd: 'server' }, coldCpuSeconds: 58 },
  { module: 'coredns', target: '.', programs: { coredns: 'coredns' }, coldCpuSeconds: 162 },
  {
    module: 'local-path-provisioner',
    target: 'tool',
    programs: { 'local-path-provisioner': 'local-path-provisioner' },
    coldCpuSeconds: 114,
  },
  { module: 'netpold', target: '.', programs: { netpold: 'netpold' }, coldCpuSeconds: 240 },
  { module: 'registry', target: 'tool', programs: { registry: 'registry' }, coldCpuSeconds: 240 },
  { module: 'metrics-server', target: 'tool', programs: { 'metrics-server': 'metrics-server' }, coldCpuSeconds: 360 },
];

function kubernetesVersion(version: string): Readonly<Record<string, string>> {
  const [major = '', minor = ''] = version.replace(/^v/, '').split('.');
  const variable = 'k8s.io/component-base/version.git';
  return { [`${variable}Version`]: version, [`${variable}Major`]: major, [`${variable}Minor`]: minor };
}
