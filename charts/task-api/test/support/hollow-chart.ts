import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PreparedChart } from '@task-api/helm';
import { parse, stringify } from 'yaml';

/**
 * A copy of a prepared chart whose dependencies have their names and versions but no templates. It lies beside the
 * original, is made once for each content, and renders what the chart's own templates write.
 */
export async function hollowChart(chart: PreparedChart): Promise<PreparedChart> {
  const directory = `${dirname(chart.directory)}-hollow`;
  const hollow = { ...chart, directory: join(directory, 'task-api'), digest: `${chart.digest}-hollow` };
  if (await exists(directory)) return hollow;
  const scratch = await mkdtemp(`${directory}-`);
  await copyWithoutDependencies(chart.directory, join(scratch, 'task-api'));
  // Another test process may have been faster; its copy is the same.
  await rename(scratch, directory).catch(() => rm(scratch, { recursive: true }));
  return hollow;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function copyWithoutDependencies(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (path) => path !== join(from, 'charts') });
  const { dependencies } = parse(await readFile(join(from, 'Chart.yaml'), 'utf8')) as ChartYaml; // our own file
  await Promise.all(dependencies.map((dependency) => writeHollow(to, dependency)));
}

async function writeHollow(chart: string, { name, version }: Dependency): Promise<void> {
  const directory = join(chart, 'charts', name);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'Chart.yaml'), stringify({ apiVersion: 'v2', name, version }));
}

interface ChartYaml {
  readonly dependencies: readonly Dependency[];
}

interface Dependency {
  readonly name: string;
  readonly version: string;
}
