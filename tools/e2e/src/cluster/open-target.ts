import { compareSnapshots, downCluster, findCluster, type HostSnapshot, takeSnapshot } from '@task-api/cluster';
import type { ImageArchive } from '@task-api/images';
import type { ScenarioReport } from '../report/run-report.ts';
import type { ProgressLog } from '../run/progress-log.ts';
import type { ClusterUnderTest } from './cluster-under-test.ts';
import { foreignCluster } from './foreign-cluster.ts';
import { machineReport } from './machine-report.ts';
import { ownCluster } from './own-cluster.ts';
import { rehearse } from './rehearse.ts';

export interface TargetOptions {
  /** Of a cluster that somebody else runs. @default a cluster of our own */
  readonly kubeconfig?: string;
  /** Shell command that brings an image archive into that cluster. */
  readonly load?: string;
  /** Leaves the cluster running, and the namespaces in it. */
  readonly isKept: boolean;
  /** Whether a cluster of our own is cut off in several ways at the end, to see what stays of it. */
  readonly rehearsesCrashes: boolean;
  readonly progress: ProgressLog;
  /** Aborted when the run is to end soon. */
  readonly signal: AbortSignal;
}

export interface Target {
  readonly cluster: ClusterUnderTest;
  /** Takes a cluster down that was booted for this run, and reports whether the machine is as it was before. */
  close(): Promise<readonly ScenarioReport[]>;
}

/** The cluster to run on, with the images in it. One that ran before stays up at the end. */
export async function openTarget(options: TargetOptions, archive: ImageArchive): Promise<Target> {
  const { kubeconfig, isKept, progress } = options;
  if (kubeconfig !== undefined) return openForeign({ ...options, kubeconfig }, archive);
  const isRunning = (await findCluster()) !== undefined;
  // What is left of one that was cut off is neither what the machine had before nor what this run leaves.
  if (!isRunning) await downCluster();
  const before = await takeSnapshot();
  const cluster = await ownCluster(archive, progress.line);
  // One that is booted has them from the start.
  if (isRunning) {
    progress.line('the cluster that runs gets the images, and stays up afterwards');
    await cluster.loadImages(archive);
  }
  const staysUp = isRunning || isKept;
  return { cluster, close: async () => (staysUp ? [] : closeOwn(before, options)) };
}

async function openForeign(
  { kubeconfig, load, progress }: TargetOptions & { readonly kubeconfig: string },
  archive: ImageArchive,
): Promise<Target> {
  const cluster = await foreignCluster({ kubeconfig, ...(load === undefined ? {} : { load }) });
  progress.line(`cluster of ${kubeconfig}: Kubernetes ${cluster.kubernetesVersion}, ${cluster.nodes.length} nodes`);
  await cluster.loadImages(archive);
  return { cluster, close: () => Promise.resolve([]) };
}

async function closeOwn(
  before: HostSnapshot,
  { progress, rehearsesCrashes, signal }: TargetOptions,
): Promise<readonly ScenarioReport[]> {
  const startedAtMs = Date.now();
  const message = await downCluster().then(
    () => undefined,
    (error: Error) => error.message,
  );
  const differences = compareSnapshots(before, await takeSnapshot());
  const title = 'The machine is as it was: no process, mount, link, cgroup or rule is left of the cluster';
  const problems = message === undefined ? differences : [message, ...differences];
  const down = machineReport({ name: 'cluster-down', title, startedAtMs, problems });
  progress.ended(down.name, down);
  return rehearsesCrashes && !signal.aborted ? [down, ...(await rehearse(progress))] : [down];
}
