import type { ImageArchive } from '@task-api/images';
import { listNodes, type NodeAddress, registryHost } from './addresses.ts';
import { authority } from './certificates/issue-certificates.ts';
import { ClusterError } from './cluster-error.ts';
import { clusterLayout, machineLayout } from './cluster-layout.ts';
import { type ClusterState, readRunningState, readState, writeState } from './cluster-state.ts';
import { inClusterNetwork } from './control-plane/in-cluster-network.ts';
import { disconnectNode } from './control-plane/network.ts';
import { importImages } from './images/image-store.ts';
import { deleteCgroups } from './machine/cgroups.ts';
import { killNodeAgents, restartNodeAgents, startNodeAgents } from './machine/node-agents.ts';
import { startMachine } from './machine/start-machine.ts';
import { markersOf } from './processes/cluster-process.ts';
import { endProcesses } from './processes/end-processes.ts';
import { tryProgram } from './run-program.ts';

export interface NetworkCommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A cluster that runs on this machine. */
export interface Cluster {
  /** Its server is a port of this machine's loopback. */
  readonly kubeconfig: string;
  readonly kubectl: string;
  readonly nodes: readonly string[];
  readonly bootMs: number;
  readonly registry: { readonly host: string; readonly caFile: string };
  /** Gives every node the images, beside those that it has. */
  loadImages(archive: Pick<ImageArchive, 'path' | 'digest'>): Promise<void>;
  /** Runs a program where pods, Services' endpoints and, under its public name, the registry are reached. */
  inNetwork(command: readonly string[], options?: NetworkCommandOptions): Promise<CommandOutcome>;
  /** Ends kubelet and containerd of a node at once; its pods run on. */
  killNodeAgents(node: string): Promise<void>;
  startNodeAgents(node: string): Promise<void>;
  /** Cuts the power of a node: everything on it ends, its disk stays. */
  crashNode(node: string): Promise<void>;
  bootNode(node: string): Promise<void>;
}

/** The cluster that runs on this machine. */
export async function openCluster(): Promise<Cluster> {
  const cluster = await findCluster();
  if (cluster === undefined) throw new ClusterError('not-running');
  return cluster;
}

/** The same, or undefined when none runs. */
export async function findCluster(): Promise<Cluster | undefined> {
  const state = await readRunningState();
  return state === undefined ? undefined : describeCluster(state);
}

function describeCluster({ nodeCount, programs, bootMs }: ClusterState): Cluster {
  const nodes = listNodes(nodeCount);
  const find = (name: string) => findNode(nodes, name);
  return {
    kubeconfig: clusterLayout.kubeconfig,
    kubectl: programs.kubectl ?? '',
    nodes: nodes.map(({ name }) => name),
    bootMs,
    registry: { host: registryHost, caFile: authority.certificate },
    loadImages: (archive) => loadImages(archive, nodes),
    inNetwork: runInNetwork,
    killNodeAgents: (name) => killNodeAgents(find(name).name),
    startNodeAgents: (name) => restartNodeAgents(find(name), programs),
    crashNode: (name) => crash(find(name)),
    bootNode: async (name) => {
      await startMachine(find(name), nodes);
      await startNodeAgents(find(name), programs);
    },
  };
}

function findNode(nodes: readonly NodeAddress[], name: string): NodeAddress {
  const node = nodes.find((candidate) => candidate.name === name);
  if (node !== undefined) return node;
  throw new ClusterError('unknown-node', { value: name, allowed: nodes.map((known) => known.name).join(', ') });
}

/** Nodes have the images that they were made with, and those of archives that were loaded before. */
async function loadImages(
  { path, digest }: Pick<ImageArchive, 'path' | 'digest'>,
  nodes: readonly NodeAddress[],
): Promise<void> {
  const state = await readState();
  if (state === undefined) throw new ClusterError('not-running');
  if (state.archives.includes(digest)) return;
  await Promise.all(nodes.map(({ name }) => importImages(machineLayout(name).containerdSocket, path)));
  await writeState({ ...state, archives: [...state.archives, digest] });
}

async function crash({ name }: NodeAddress): Promise<void> {
  await endProcesses((found) => found.name.startsWith(`${name}-`));
  await disconnectNode(name);
  await deleteCgroups(name);
}

async function runInNetwork(
  command: readonly string[],
  { cwd = '/', env = {} }: NetworkCommandOptions = {},
): Promise<CommandOutcome> {
  const { exitCode, stdout, stderr } = await tryProgram(await inClusterNetwork(command), {
    cwd,
    env: { ...process.env, ...markersOf('client'), ...env },
  });
  return { exitCode: exitCode ?? 1, stdout, stderr };
}
