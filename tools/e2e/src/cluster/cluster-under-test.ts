import type { ImageArchive } from '@task-api/images';
import type { Need } from './need.ts';

/** The program of a command and what it printed, as the cluster's own network runs it. */
export interface NetworkResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What only a cluster of our own can do: it has the machines in its hands. */
export interface Machines {
  /** Kubelet and container runtime of a node end at once; its pods run on. */
  killNodeAgents(node: string): Promise<void>;
  startNodeAgents(node: string): Promise<void>;
  /** A power cut. */
  crashNode(node: string): Promise<void>;
  /** After `crashNode`; the disk is kept. */
  bootNode(node: string): Promise<void>;
  /** Runs a program where the host name of the registry leads to the cluster's registry. */
  inNetwork(
    command: readonly string[],
    options?: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> },
  ): Promise<NetworkResult>;
  readonly registry: { readonly host: string; readonly caFile: string };
}

/** The cluster that the scenarios run on. */
export interface ClusterUnderTest {
  readonly kind: 'own' | 'foreign';
  /** Path of a kubeconfig. */
  readonly kubeconfig: string;
  /** Path of the kubectl binary. */
  readonly kubectl: string;
  readonly nodes: readonly string[];
  readonly kubernetesVersion: string;
  /** From nothing running to all nodes ready; absent when it ran already, or is not ours. */
  readonly bootMs?: number;
  /** What it cannot do; scenarios that need it are skipped. */
  readonly lacks: readonly Need[];
  readonly machines?: Machines;
  loadImages(archive: ImageArchive): Promise<void>;
}
