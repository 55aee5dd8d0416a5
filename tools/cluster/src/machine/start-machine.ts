import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addresses, type NodeAddress, registryHost } from '../addresses.ts';
import { type MachineLayout, machineLayout } from '../cluster-layout.ts';
import { connectNode } from '../control-plane/network.ts';
import { nodePlaces } from '../host/borrowed-places.ts';
import { kubeletSettings } from '../host/kernel-settings.ts';
import { startProcess } from '../processes/cluster-process.ts';
import { runProgram } from '../run-program.ts';
import { waitUntil } from '../wait-until.ts';
import { createCgroups } from './cgroups.ts';

const init = join(import.meta.dirname, 'machine-init.sh');
const ownNamespaces = ['--mount', '--uts', '--ipc', '--pid', '--net', '--fork', '--kill-child', '--mount-proc'];

/**
 * Switches a node on: namespaces of its own around a process 1, and its cable. Its disk is what `machineLayout` names;
 * killing process 1 is a power cut, after which the disk is still there.
 */
export async function startMachine(node: NodeAddress, all: readonly NodeAddress[]): Promise<void> {
  const layout = machineLayout(node.name);
  const ready = join(layout.directory, 'init.ready');
  const hosts = join(layout.directory, 'hosts');
  await prepareDirectories(layout, ready);
  await createCgroups(node.name);
  await writeFile(hosts, `127.0.0.1 localhost\n${addresses.registry} ${registryHost}\n`);
  const name = `${node.name}-machine`;
  const values = Object.entries(kubeletSettings).map(([file, value]) => `${file}=${value}`);
  const shell = ['bash', init, node.name, hosts, ready, ...nodePlaces, ...values];
  const pid = startProcess({ name, command: ['unshare', ...ownNamespaces, '--propagation', 'private', ...shell] });
  await waitUntil(async () => existsSync(ready), { what: `node ${node.name}`, log: name, intervalMs: 20 });
  await connectMachine({ node, all, initPid: await findChild(pid) });
}

/** A command inside a node. */
export async function inMachine(node: string, command: readonly string[]): Promise<readonly string[]> {
  const pid = await readFile(machineLayout(node).initProcessId, 'utf8');
  return ['nsenter', '--target', pid, '--mount', '--uts', '--ipc', '--pid', '--net', '--', ...command];
}

async function prepareDirectories(layout: MachineLayout, ready: string): Promise<void> {
  await rm(ready, { force: true });
  await rm(layout.runtimeDirectory, { recursive: true, force: true });
  for (const path of [layout.directory, layout.runtimeDirectory, layout.kubeletRoot, layout.podLogs])
    await mkdir(path, { recursive: true });
}

async function findChild(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}

interface Connection {
  readonly node: NodeAddress;
  readonly all: readonly NodeAddress[];
  readonly initPid: number;
}

async function connectMachine({ node, all, initPid }: Connection): Promise<void> {
  await writeFile(machineLayout(node.name).initProcessId, String(initPid));
  await connectNode(node, initPid);
  const ip = async (...args: readonly string[]) => runProgram(await inMachine(node.name, ['ip', ...args]));
  await ip('link', 'set', 'lo', 'up');
  await ip('addr', 'add', `${node.ip}/${addresses.prefixLength}`, 'dev', 'eth0');
  await ip('link', 'set', 'eth0', 'up');
  await ip('route', 'add', 'default', 'via', addresses.controlPlane);
  for (const other of all.filter(({ name }) => name !== node.name))
    await ip('route', 'add', other.podRange, 'via', other.ip);
  const settings = ['net.ipv4.ip_forward=1', 'net.ipv4.conf.all.rp_filter=0'];
  await runProgram(await inMachine(node.name, ['sysctl', '-qw', ...settings]));
}
