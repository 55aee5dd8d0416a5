import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { HelmBinary } from './find-helm.ts';
import { HelmError } from './helm-error.ts';
import { parseHelmMessage } from './helm-message.ts';
import type { PreparedChart } from './prepare-chart.ts';
import { runHelm } from './run-helm.ts';

export interface PackageRequest {
  readonly chart: PreparedChart;
  /** Folder that the archive is written to; created when it does not exist. */
  readonly destination: string;
}

/**
 * Packages the built chart, dependencies included, and returns the name of the archive.
 *
 * @throws {HelmError} `package`, with Helm's own message
 */
export async function packageChart(helm: HelmBinary, { chart, destination }: PackageRequest): Promise<string> {
  await mkdir(destination, { recursive: true });
  const { code, stdout, stderr } = await runHelm(helm, ['package', '.', '--destination', destination], {
    cwd: chart.directory,
  });
  if (code === 0) return basename(stdout.trim());
  throw new HelmError('package', { ...parseHelmMessage(stderr), value: chart.directory });
}
