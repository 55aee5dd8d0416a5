import { mkdir } from 'node:fs/promises';
import { type BuiltImage, buildImages, type ImageArchive, type ImageRole } from '@task-api/images';
import { findFreePort } from '@task-api/local-stack';
import { dnsObjects } from './addons/dns.ts';
import { metricsObjects, metricsServer } from './addons/metrics.ts';
import { networkPolicyObjects } from './addons/network-policy.ts';
import { nodeObjects } from './addons/node-objects.ts';
import { registry } from './addons/registry.ts';
import { volumeObjects, volumeProvisioner } from './addons/volumes.ts';
import { addresses, listNodes, type NodeAddress, ports } from './addresses.ts';
import { clients, issueCertificates } from './certificates/issue-certificates.ts';
import { kubeconfigOf, writeKubeconfig } from './certificates/write-kubeconfig.ts';
import { type Cluster, findCluster, openCluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { clusterLayout } from './cluster-layout.ts';
import { withLock } from './cluster-lock.ts';
import { findMissingParts } from './cluster-parts.ts';
import { writeState } from './cluster-state.ts';
import { buildComponents, type Programs } from './components/build-components.ts';
import { apiForwarder } from './control-plane/api-forwarder.ts';
import { createNetwork, routeServices } from './control-plane/network.ts';
import { apiServer, controllerManager, etcd, scheduler } from './control-plane/programs.ts';
import { removeCluster } from './down-cluster.ts';
import { borrowPlaces } from './host/borrowed-places.ts';
import { requireHost } from './host/require-host.ts';
import { prepareImageStore } from './images/image-store.ts';
import { applyObjects, isApiReady, kubectl } from './kubectl.ts';
import { createMachineDisk, writeRegistryHosts } from './machine/machine-disk.ts';
import { startNodeAgents } from './machine/node-agents.ts';
import { startMachine } from './machine/start-machine.ts';
import { startProcess } from './processes/cluster-process.ts';
import { waitUntil } from './wait-until.ts';

export interface UpOptions {
  readonly nodes?: 1 | 3 | undefined;
  /** Images of every node; those of this repository unless given. */
  readonly archive?: ImageArchive | undefined;
  readonly onProgress?: (line: string) => void;
  /** Ends the start after the step it is at; what has come up is there for `downCluster`. */
  readonly signal?: AbortSignal | undefined;
}

/** Brings a cluster up, or finds it running. What is left of one that did not come up or crashed is removed first. */
export async function upCluster({
  nodes = 3,
  archive,
  onProgress = () => undefined,
  signal,
}: UpOptions = {}): Promise<Cluster> {
  await requireHost({ env: process.env, userId: process.getuid?.() ?? -1, onProgress });
  return withLock(async () => {
    const running = await findRunning(nodes);
    if (running !== undefined) return running;
    const programs = await buildComponents({ onProgress, signal });
    const images = archive ?? (await buildImages({ onProgress }));
    await removeCluster();
    await boot({ nodes: listNodes(nodes), programs, archive: images, onProgress, signal });
    return openCluster();
  });
}

async function findRunning(nodeCount: number): Promise<Cluster | undefined> {
  const running = await findCluster();
  if (running === undefined) return undefined;
  const { length: found } = running.nodes;
  if (found !== nodeCount) throw new ClusterError('other-size', { value: found, allowed: nodeCount });
  const { others } = findMissingParts(found);
  if (others.length > 0) throw new ClusterError('parts-missing', { value: others.join(', ') });
  return running;
}

interface Boot {
  readonly nodes: readonly NodeAddress[];
  readonly programs: Programs;
  readonly archive: ImageArchive;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal | undefined;
}

async function boot(parts: Boot): Promise<void> {
  const start = Date.now();
  const lap = (what: string) => {
    parts.onProgress(`${((Date.now() - start) / 1000).toFixed(1).padStart(5)} s  ${what}`);
    parts.signal?.throwIfAborted();
  };
  const apiPort = await findFreePort();
  await prepareDirectories();
  const [imageStore] = await Promise.all([prepareImageStore(parts.archive), prepareAccess(parts.nodes, apiPort)]);
  lap('certificates and images');
  await startControlPlane(parts, apiPort);
  lap('API server');
  await startNodes(parts, imageStore);
  lap('nodes ready');
  await startAddons(parts);
  lap('DNS, volumes, registry and metrics');
  const { nodes, programs, archive } = parts;
  const archives = [archive.digest];
  await writeState({ nodeCount: nodes.length, apiPort, programs, archives, bootMs: Date.now() - start });
}

async function prepareDirectories(): Promise<void> {
  const { logs, kubeconfigs, volumes, registry: registryData, runtimeDirectory } = clusterLayout;
  for (const path of [logs, kubeconfigs, volumes, registryData, runtimeDirectory])
    await mkdir(path, { recursive: true });
  borrowPlaces();
}

async function prepareAccess(nodes: readonly NodeAddress[], apiPort: number): Promise<void> {
  await issueCertificates(nodes);
  const server = `https://${addresses.controlPlane}:${ports.apiServer}`;
  const names = [...Object.keys(clients), ...nodes.map(({ name }) => name)];
  await Promise.all(names.map((client) => writeKubeconfig({ path: kubeconfigOf(client), client, server })));
  await writeKubeconfig({ path: clusterLayout.kubeconfig, client: 'admin', server: `https://127.0.0.1:${apiPort}` });
}

async function startControlPlane({ programs }: Boot, apiPort: number): Promise<void> {
  await createNetwork();
  startProcess(etcd(programs));
  startProcess(apiServer(programs));
  for (const forwarder of apiForwarder(apiPort)) startProcess(forwarder);
  const wait = { what: 'the API server', log: 'kube-apiserver' };
  await waitUntil(() => isApiReady(programs.kubectl ?? ''), wait);
  startProcess(controllerManager(programs));
  startProcess(scheduler(programs));
}

async function startNodes({ nodes, programs }: Boot, imageStore: string): Promise<void> {
  await applyObjects(programs.kubectl ?? '', [...nodeObjects(nodes), ...networkPolicyObjects()]);
  await writeRegistryHosts();
  await Promise.all(nodes.map((node) => startNode(node, { nodes, programs, imageStore })));
  for (const node of nodes.slice(0, 1)) await routeServices(node);
  await kubectl(programs.kubectl ?? '', ['wait', '--for=condition=Ready', 'node', '--all', '--timeout=60s']);
}

interface NodeParts extends Pick<Boot, 'nodes' | 'programs'> {
  readonly imageStore: string;
}

async function startNode(node: NodeAddress, { nodes, programs, imageStore }: NodeParts): Promise<void> {
  await createMachineDisk(node, imageStore);
  await startMachine(node, nodes);
  await startNodeAgents(node, programs);
}

async function startAddons({ programs, archive }: Boot): Promise<void> {
  const image = referenceOf(archive.images, 'toolbox');
  const program = programs.kubectl ?? '';
  const dns = dnsObjects({ program: programs.coredns ?? '', image });
  await applyObjects(program, [...dns, ...volumeObjects(image), ...metricsObjects()]);
  startProcess(volumeProvisioner(programs));
  startProcess(metricsServer(programs));
  startProcess(await registry(programs));
  await kubectl(program, ['rollout', 'status', 'deployment/coredns', '--namespace', 'kube-system', '--timeout=60s']);
}

function referenceOf(images: readonly BuiltImage[], role: ImageRole): string {
  return images.find((image) => image.role === role)?.reference ?? '';
}
