/** Debian packages that a cluster needs of its machine, and the programs in them that it runs. */
export const hostPackages: Readonly<Record<string, readonly [string, ...string[]]>> = {
  containerd: ['containerd', 'ctr'],
  runc: ['runc'],
  'containernetworking-plugins': ['/usr/lib/cni/ptp'],
  iptables: ['iptables'],
  conntrack: ['conntrack'],
  ipset: ['ipset'],
  iproute2: ['ip'],
  socat: ['socat'],
  openssl: ['openssl'],
  curl: ['curl'],
  'util-linux': ['nsenter', 'unshare', 'flock'],
  procps: ['sysctl'],
};
