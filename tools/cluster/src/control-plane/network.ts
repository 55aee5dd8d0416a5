import { addresses } from '../addresses.ts';
import { clusterLayout } from '../cluster-layout.ts';
import { runProgram, tryProgram } from '../run-program.ts';

const namespace = clusterLayout.controlPlaneNamespace;
const bridge = 'nodes';
/** Of its own: a bridge without one takes that of its first port, and taking that node away would cut all others off. */
const bridgeMac = '02:74:61:70:69:01';

/** A command inside the network of the control plane. `ip netns exec` would also replace /sys and hide the cgroups. */
export function inControlPlane(command: readonly string[]): readonly string[] {
  return ['nsenter', `--net=/run/netns/${namespace}`, '--', ...command];
}

/** The network of the control plane, with the bridge that nodes are joined to. */
export async function createNetwork(): Promise<void> {
  await runProgram(['ip', 'netns', 'add', namespace]);
  await inNamespace('link', 'set', 'lo', 'up');
  await inNamespace('link', 'add', bridge, 'address', bridgeMac, 'type', 'bridge');
  for (const address of [addresses.controlPlane, addresses.registry])
    await inNamespace('addr', 'add', `${address}/${addresses.prefixLength}`, 'dev', bridge);
  await inNamespace('link', 'set', bridge, 'up');
  await runProgram(inControlPlane(['sysctl', '-qw', 'net.ipv4.ip_forward=1']));
}

/** Services are where a kube-proxy is; it answers for those who ask from outside, too. */
export async function routeServices({ ip }: { readonly ip: string }): Promise<void> {
  await inNamespace('route', 'replace', addresses.services, 'via', ip);
}

/** The name of the cable's end in the control plane. */
function cableOf(node: string): string {
  return `to-${node}`;
}

/** Plugs a node in: one end of the cable in the network namespace of process `pid`, the other at the bridge. */
export async function connectNode(
  node: { readonly name: string; readonly podRange: string; readonly ip: string },
  pid: number,
): Promise<void> {
  const cable = cableOf(node.name);
  await inNamespace('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', `/proc/${pid}/ns/net`);
  await inNamespace('link', 'set', cable, 'master', bridge, 'up');
  await inNamespace('route', 'replace', node.podRange, 'via', node.ip);
}

export async function disconnectNode(node: string): Promise<void> {
  await tryProgram(['ip', '-n', namespace, 'link', 'delete', cableOf(node)]);
}

export async function deleteNetwork(): Promise<void> {
  await tryProgram(['ip', 'netns', 'delete', namespace]);
}

async function inNamespace(...args: readonly string[]): Promise<void> {
  await runProgram(['ip', '-n', namespace, ...args]);
}
