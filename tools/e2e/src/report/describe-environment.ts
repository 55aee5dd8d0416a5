import { cpus, totalmem } from 'node:os';
import { findHelm } from '@task-api/helm';
import type { BroughtImages } from '../cluster/bring-images.ts';
import type { ClusterUnderTest } from '../cluster/cluster-under-test.ts';
import type { ChartUnderTest } from '../world/chart-under-test.ts';
import { describeGibibytes } from './quantities.ts';
import type { Environment, MemoryFigures } from './run-report.ts';

export interface EnvironmentFacts {
  readonly cluster: ClusterUnderTest;
  readonly chart: ChartUnderTest;
  readonly images: BroughtImages;
  readonly memory: MemoryFigures;
}

/** What the figures of a run depend on. */
export async function describeEnvironment({ cluster, chart, images, memory }: EnvironmentFacts): Promise<Environment> {
  const { kind, kubernetesVersion, nodes, bootMs } = cluster;
  const helms = await Promise.all(([3, 4] as const).map((major) => findHelm({ major })));
  return {
    machine: describeMachine(),
    cluster: kind,
    kubernetesVersion,
    nodes,
    ...(bootMs === undefined ? {} : { bootMs }),
    imagesMs: images.tookMs,
    imagesBytes: images.archive.images.reduce((sum, { bytes }) => sum + bytes, 0),
    chart: `task-api ${chart.version}`,
    lane: chart.lane,
    helm: Object.fromEntries(helms.map(({ major, version }) => [major, version])),
    memory,
  };
}

function describeMachine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${describeGibibytes(totalmem())}, Node ${process.versions.node}`;
}
