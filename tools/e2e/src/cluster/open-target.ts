import { compareSnapshots, downCluster, findCluster, type HostSnapshot, takeSnapshot } from '@task-api/cluster';
import type { ImageArchive } from '@task-api/images';
import type { ScenarioReport } from '../report/run-report.ts';
import type { ProgressLog } from '../run/progress-log.ts';
import type { ClusterUnderTest } from './cluster-under-test.ts';
import { type ForeignRequest, foreignCluster } from './foreign-cluster.ts';
import { machineReport } from './machine-report.ts';
import { ownCluster } from './own-cluster.ts';

export interface TargetOptions {
  /** A cluster that somebody else runs. @default a cluster of our own */
  readonly foreign?: ForeignRequest;
  /** Leaves the cluster running, and the namespaces in it. */
  readonly isKept: boolean;
  readonly progress: ProgressLog;
  /** Aborted when the run is to end soon. */
  readonly signal: AbortSignal;
}

export interface Target {
  readonly cluster: ClusterUnderTest;
  /** Takes a cluster down that was booted for this run, and reports whether the machine is as it was before; nothing for one that stays. */
  close(): Promise<readonly ScenarioReport[]>;
}

/** The cluster to run on, with the images in it. One that ran before stays up at the end. */
export async function openTarget(options: TargetOptions, archive: ImageArchive): Promise<Target> {
  const { foreign, isKept, progress } = options;
  if (foreign !== undefined) return openForeign(foreign, archive, progress);
  const isRunning = (await findCluster()) !== undefined;
  // What is left of one that was cut off is neither what the machine had before nor what this run leaves.
  if (!isRunning) await downCluster();
  const before = await takeSnapshot();
  const cluster = await (isRunning ? joinOwn(archive, options) : bootOwn(archive, options));
  const staysUp = isRunning || isKept;
  return { cluster, close: async () => (staysUp ? [] : [await closeOwn(before, progress)]) };
}

async function joinOwn(archive: ImageArchive, { progress, signal }: TargetOptions): Promise<ClusterUnderTest> {
  const cluster = await ownCluster({ archive, onProgress: progress.line, signal });
  progress.line('the cluster that runs gets the images, and stays up afterwards');
  await cluster.loadImages(archive);
  return cluster;
}

/** It has the images from the start. An interrupted start leaves nothing; one that fails leaves its logs, which the error names. */
async function bootOwn(archive: ImageArchive, { progress, signal }: TargetOptions): Promise<ClusterUnderTest> {
  try {
    return await ownCluster({ archive, onProgress: progress.line, signal });
  } catch (error) {
    if (signal.aborted) await downCluster();
    else progress.line('what there is of the cluster stays for a look; remove it with `npm run cluster -- down`');
    throw error;
  }
}

async function openForeign(request: ForeignRequest, archive: ImageArchive, progress: ProgressLog): Promise<Target> {
  const cluster = await foreignCluster(request);
  progress.line(
    `cluster of ${request.kubeconfig}: Kubernetes ${cluster.kubernetesVersion}, ${cluster.nodes.length} nodes`,
  );
  await cluster.loadImages(archive);
  return { cluster, close: () => Promise.resolve([]) };
}

async function closeOwn(before: HostSnapshot, progress: ProgressLog): Promise<ScenarioReport> {
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
  return down;
}
