import { addresses, type NodeAddress } from '../addresses.ts';
import { kubeconfigOf } from '../certificates/write-kubeconfig.ts';
import { machineLayout } from '../cluster-layout.ts';
import type { Programs } from '../components/build-components.ts';
import { isServing } from '../images/image-store.ts';
import { startProcess } from '../processes/cluster-process.ts';
import { endProcesses } from '../processes/end-processes.ts';
import { isAlive } from '../processes/is-alive.ts';
import { tryProgram } from '../run-program.ts';
import { waitUntil } from '../wait-until.ts';
import { inMachine } from './start-machine.ts';

/** Starts what makes a machine a node, containerd first: the kubelet ends when it does not find it. */
export async function startNodeAgents(node: NodeAddress, programs: Programs): Promise<void> {
  await startContainerd(node);
  await startKubelet(node, programs);
  await startInMachine(node, 'proxy', kubeProxy(node, programs));
  await startInMachine(node, 'netpold', policyDaemon(node, programs));
}

/** Ends kubelet and containerd at once, as a crash of both would; pods run on, held by their shims. */
export async function killNodeAgents(node: string): Promise<void> {
  const killed = ['kubelet', 'containerd'].map((program) => ({ name: agentName(node, program), program }));
  await endProcesses((found) => killed.some(({ name, program }) => found.name === name && found.program === program));
}

/** Starts kubelet and containerd again after {@link killNodeAgents}. */
export async function restartNodeAgents(node: NodeAddress, programs: Programs): Promise<void> {
  await startContainerd(node);
  await startKubelet(node, programs);
}

async function startContainerd(node: NodeAddress): Promise<void> {
  const { containerdConfig, containerdSocket } = machineLayout(node.name);
  await startInMachine(node, 'containerd', ['containerd', '--config', containerdConfig]);
  const what = `containerd of ${node.name}`;
  await waitUntil(() => isServing(containerdSocket), { what, log: agentName(node.name, 'containerd') });
}

/** containerd serves a moment before its part for Kubernetes does, and a kubelet that comes too early ends. */
async function startKubelet(node: NodeAddress, programs: Programs): Promise<void> {
  let pid = 0;
  const isHealthy = async () => {
    if (!isAlive(pid)) pid = await startInMachine(node, 'kubelet', kubelet(node, programs));
    const probe = ['curl', '--silent', '--fail', '--max-time', '2', 'http://127.0.0.1:10248/healthz'];
    return (await tryProgram(await inMachine(node.name, probe))).exitCode === 0;
  };
  const log = agentName(node.name, 'kubelet');
  await waitUntil(isHealthy, { what: `kubelet of ${node.name}`, log, intervalMs: 200 });
}

function kubelet({ name, ip }: NodeAddress, programs: Programs): readonly string[] {
  const layout = machineLayout(name);
  return [
    programs.kubelet ?? '',
    `--config=${layout.kubeletConfig}`,
    `--kubeconfig=${kubeconfigOf(name)}`,
    `--hostname-override=${name}`,
    `--node-ip=${ip}`,
    `--root-dir=${layout.kubeletRoot}`,
    // Without it metrics of containers carry no names of pods.
    `--containerd=${layout.containerdSocket}`,
  ];
}

function kubeProxy({ name }: NodeAddress, programs: Programs): readonly string[] {
  // The limits of connection tracking belong to this machine's kernel, not to a namespace.
  const untouched = ['max-per-core', 'tcp-timeout-established', 'tcp-timeout-close-wait'];
  return [
    programs['kube-proxy'] ?? '',
    `--kubeconfig=${kubeconfigOf('proxy')}`,
    `--hostname-override=${name}`,
    `--cluster-cidr=${addresses.pods}`,
    '--proxy-mode=iptables',
    ...untouched.map((limit) => `--conntrack-${limit}=0`),
  ];
}

/** Each new connection waits for its word, as it would for a kernel: on a busy machine it comes first. */
function policyDaemon({ name }: NodeAddress, programs: Programs): readonly string[] {
  const first = ['nice', '--adjustment=-15'];
  return [...first, programs.netpold ?? '', `--kubeconfig=${kubeconfigOf('netpold')}`, `--hostname-override=${name}`];
}

async function startInMachine(node: NodeAddress, agent: string, command: readonly string[]): Promise<number> {
  return startProcess({ name: agentName(node.name, agent), command: await inMachine(node.name, command) });
}

function agentName(node: string, agent: string): string {
  return `${node}-${agent}`;
}
