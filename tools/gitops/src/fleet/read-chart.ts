import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartDefaults, type ChartSources, parseChart, type SourceText } from '@task-api/values';
import { readObjects } from '../git/read-objects.ts';
import { GitopsError } from '../gitops-error.ts';

/** Where a chart is read from: a commit, or the working tree. */
export type ChartRevision = string;
export const workingTree = 'working tree';

const paths = {
  chart: 'charts/task-api/Chart.yaml',
  values: 'charts/task-api/values.yaml',
  schema: 'charts/task-api/values.schema.json',
  postgresql: 'charts/mirror/postgresql/values.schema.json',
  redis: 'charts/mirror/redis/values.schema.json',
} as const;

type ChartFile = keyof typeof paths;
const files = Object.keys(paths) as readonly ChartFile[]; // keys of the constant above

/** @throws GitopsError `chart-missing` */
export function readWorkingTreeChart(root: string): ChartDefaults {
  return parseOnce(readSources(workingTree, (file) => readIfPresent(join(root, paths[file]))));
}

/**
 * The chart at each commit that git has; commits that it does not have are left out.
 *
 * @throws GitopsError `chart-missing` when a commit holds no chart
 */
export async function readChartsAt(
  root: string,
  commits: readonly string[],
): Promise<ReadonlyMap<ChartRevision, ChartDefaults>> {
  const existing = await existingCommits(root, commits);
  const names = existing.flatMap((commit) => files.map((file) => `${commit}:${paths[file]}`));
  const texts = await readObjects(root, names);
  const textOf = (commit: string) => (file: ChartFile) => texts[names.indexOf(`${commit}:${paths[file]}`)];
  return new Map(existing.map((commit) => [commit, parseOnce(readSources(commit, textOf(commit)))]));
}

async function existingCommits(root: string, commits: readonly string[]): Promise<readonly string[]> {
  const distinct = [...new Set(commits)];
  const found = await readObjects(
    root,
    distinct.map((commit) => `${commit}^{commit}`),
  );
  return distinct.filter((_, index) => found[index] !== undefined);
}

function readSources(revision: ChartRevision, read: (file: ChartFile) => string | undefined): ChartSources {
  const source = (file: ChartFile): SourceText => ({ file: paths[file], text: read(file) ?? missing(file, revision) });
  return {
    chart: source('chart'),
    values: source('values'),
    schema: source('schema'),
    dependencies: { postgresql: source('postgresql'), redis: source('redis') },
  };
}

function missing(file: ChartFile, revision: ChartRevision): never {
  throw new GitopsError('chart-missing', { path: paths[file], value: revision });
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const parsed = new Map<string, ChartDefaults>();

/** Parses equal charts once: a pinned chart is often that of the working tree. */
function parseOnce(sources: ChartSources): ChartDefaults {
  const key = JSON.stringify(sources);
  const chart = parsed.get(key) ?? parseChart(sources);
  parsed.set(key, chart);
  return chart;
}
