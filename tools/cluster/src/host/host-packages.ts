/** Programs that a cluster needs of its machine, and the Debian packages that have them. */
export const hostPackages: Readonly<Record<string, string>> = {
  containerd: 'containerd',
  ctr: 'containerd',
  runc: 'runc',
  iptables: 'iptables',
  conntrack: 'conntrack',
  ipset: 'ipset',
  ip: 'iproute2',
  socat: 'socat',
  openssl: 'openssl',
  curl: 'curl',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  sysctl: 'procps',
  '/usr/lib/cni/ptp': 'containernetworking-plugins',
};
