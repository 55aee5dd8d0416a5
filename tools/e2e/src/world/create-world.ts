import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import type { HelmBinary } from '@task-api/helm';
import type { ClusterUnderTest } from '../cluster/cluster-under-test.ts';
import { E2eError } from '../e2e-error.ts';
import { startLoad } from '../load/start-load.ts';
import { recordNamespace } from '../recorder/namespace-record.ts';
import type { TakeTurn } from '../run/cluster-turns.ts';
import type { ScenarioJournal } from '../run/scenario-journal.ts';
import { agentClient } from './agent-client.ts';
import type { ChartUnderTest } from './chart-under-test.ts';
import { helmClient } from './helm-client.ts';
import { kubectlIn } from './kubectl.ts';
import { liveObjects } from './live-objects.ts';
import { openNamespace } from './open-namespace.ts';
import { eventually, waitFor } from './wait-for.ts';
import type { World } from './world.ts';

export interface WorldRequest {
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly cluster: ClusterUnderTest;
  readonly chart: ChartUnderTest;
  readonly helm: HelmBinary;
  readonly journal: ScenarioJournal;
  /** Folder for temporary files of the scenario. */
  readonly scratch: string;
  readonly isSoak: boolean;
  readonly takeTurn: TakeTurn;
  readonly signal: AbortSignal;
}

const release = 'task-api';
const servicePort = 8000;

/** Makes the namespace and everything that works in it. */
export async function createWorld(request: WorldRequest): Promise<World> {
  const { namespace, cluster, chart, journal, signal } = request;
  const config = new KubeConfig();
  config.loadFromFile(cluster.kubeconfig);
  const objects = liveObjects(config, namespace);
  const kubectl = kubectlIn({ ...cluster, namespace, signal });
  await openNamespace({ namespace, labels: request.labels ?? {}, objects, config, signal });
  const record = await recordNamespace({ config, objects, namespace, signal });
  journal.records.push({ namespace, record, kubectl });
  const place = {
    image: chart.agentImage,
    baseUrl: `http://${release}:${servicePort}`,
    objects,
    kubectl,
    record,
    signal,
  };
  return {
    namespace,
    release,
    chart,
    cluster,
    helm: helmOf(request),
    kubectl,
    objects,
    record,
    agent: agentClient(place),
    scratch: scratchOf(request),
    isSoak: request.isSoak,
    signal,
    machines: () => machinesOf(cluster, namespace),
    alone: (work) => workAlone(request, work),
    step: (title, action) => journal.step(title, action),
    waitFor: (what, read, options) => waitFor(what, read, { record, signal, ...options }),
    eventually: (what, attempt, options) => eventually(what, attempt, { signal, ...options }),
    startLoad: (options = {}) => startLoad(options, { ...place, onReport: (report) => journal.loads.push(report) }),
    note: (name, value) => journal.notes.push({ name, value: String(value) }),
    openNamespace: (suffix, labels = {}) =>
      createWorld({ ...request, namespace: `${request.namespace}-${suffix}`, labels }),
  };
}

async function workAlone<Value>(
  { takeTurn, journal, signal }: WorldRequest,
  work: () => Promise<Value>,
): Promise<Value> {
  const giveBack = await journal.step('waits until nothing else runs', () => takeTurn(signal));
  try {
    return await work();
  } finally {
    giveBack();
  }
}

function scratchOf({ scratch, namespace }: WorldRequest): string {
  return join(scratch, namespace);
}

function helmOf(request: WorldRequest): World['helm'] {
  const { helm, chart, namespace, cluster, signal, journal } = request;
  return helmClient({
    binary: helm,
    chart: chart.directory,
    release,
    namespace,
    kubeconfig: cluster.kubeconfig,
    scratch: scratchOf(request),
    signal,
    onCommand: (result) => journal.commands.push(result),
  });
}

function machinesOf({ machines }: ClusterUnderTest, what: string): NonNullable<ClusterUnderTest['machines']> {
  if (machines === undefined) throw new E2eError('no-machines', { what });
  return machines;
}
