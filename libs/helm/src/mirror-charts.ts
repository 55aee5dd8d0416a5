import { join } from 'node:path';
import { type ChartContents, readChart } from './chart-contents.ts';
import { type ChartDependency, readChartMetadata } from './chart-metadata.ts';
import { HelmError } from './helm-error.ts';

/** Reads our stand-ins for the dependencies, which must have the very versions that Chart.lock pins. */
export async function readMirrors(
  directory: string,
  dependencies: readonly ChartDependency[],
): Promise<readonly ChartContents[]> {
  return Promise.all(dependencies.map((dependency) => readMirror(join(directory, dependency.name), dependency)));
}

async function readMirror(directory: string, { name, version }: ChartDependency): Promise<ChartContents> {
  const mirror = await readChartMetadata(directory).catch((cause) => {
    if (cause instanceof HelmError && cause.rule !== 'chart-missing') throw cause;
    throw new HelmError('mirror-missing', { path: directory, value: name }, { cause });
  });
  if (mirror.version === version) return readChart(directory);
  throw new HelmError('mirror-version', {
    path: join(directory, 'Chart.yaml'),
    value: mirror.version,
    allowed: version,
  });
}
