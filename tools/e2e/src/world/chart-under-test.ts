import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lane } from '@task-api/helm';
import { parse } from 'yaml';

/** The chart, built with its dependencies, as it is installed. */
export interface ChartUnderTest {
  readonly directory: string;
  readonly version: string;
  readonly appVersion: string;
  readonly lane: Lane;
  /** Image that a release without any configuration runs, as the chart names it. */
  readonly agentImage: string;
  /** Values that the chart sets for each of its databases, for releases of those alone. */
  readonly databases: { readonly postgresql: object; readonly redis: object };
}

/** Reads what the chart says of itself. */
export async function readChartUnderTest(directory: string, lane: Lane): Promise<ChartUnderTest> {
  const [metadata, values] = await Promise.all(
    ['Chart.yaml', 'values.yaml'].map(async (name) => parse(await readFile(join(directory, name), 'utf8'))),
  );
  const { version, appVersion } = metadata;
  const { registry, repository } = values.image;
  const agentImage = `${registry ? `${registry}/` : ''}${repository}:${values.image.tag || appVersion}`;
  const { postgresql, redis } = values;
  return { directory, version, appVersion, lane, agentImage, databases: { postgresql, redis } };
}
