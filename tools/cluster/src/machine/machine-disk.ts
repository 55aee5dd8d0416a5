import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeAddress } from '../addresses.ts';
import { authority } from '../certificates/issue-certificates.ts';
import { clusterLayout, machineLayout } from '../cluster-layout.ts';
import { copyImageStore } from '../images/image-store.ts';
import { containerdConfig, podNetwork, registryHosts } from './containerd-config.ts';
import { kubeletConfig } from './kubelet-config.ts';

/** Where containerd of every node looks up how to reach a registry. */
const registryDirectory = join(clusterLayout.stateDirectory, 'registries');

/** What is on the disk of a node before it is switched on for the first time. */
export async function createMachineDisk(node: NodeAddress, imageStore: string): Promise<void> {
  const layout = machineLayout(node.name);
  await mkdir(layout.cniDirectory, { recursive: true });
  await copyImageStore(imageStore, layout.containerdRoot);
  await writeFile(layout.containerdConfig, containerdConfig(layout, registryDirectory));
  await writeFile(join(layout.cniDirectory, '10-pods.conflist'), podNetwork(node.podRange));
  await writeFile(layout.kubeletConfig, kubeletConfig(node, layout));
}

/** Images named docker.io come from the cluster's registry, when a node does not have them. */
export async function writeRegistryHosts(): Promise<void> {
  const directory = join(registryDirectory, 'docker.io');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'hosts.toml'), registryHosts(authority.certificate));
}
