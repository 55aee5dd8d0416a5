import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { HelmError } from './helm-error.ts';

export interface ChartDependency {
  readonly name: string;
  /** Exact when Chart.lock is there, else as Chart.yaml says it. */
  readonly version: string;
  readonly repository: string;
}

export interface ChartMetadata {
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly ChartDependency[];
}

/** Reads Chart.yaml, and Chart.lock for the exact versions of the dependencies. */
export async function readChartMetadata(directory: string): Promise<ChartMetadata> {
  const path = join(directory, 'Chart.yaml');
  const chart = await readYaml(path);
  if (chart === undefined) throw new HelmError('chart-missing', { path: directory });
  const { name, version } = { name: text(chart.name), version: text(chart.version) };
  if (!(name && version)) throw new HelmError('chart-malformed', { path, detail: 'it needs a name and a version' });
  const lock = (await readYaml(join(directory, 'Chart.lock'))) ?? chart;
  return { name, version, dependencies: dependenciesOf(lock) };
}

/** Names the exact dependencies of a chart, whatever else is in it and whenever it was locked. */
export function dependencyKey(dependencies: readonly ChartDependency[]): string {
  return createHash('sha256').update(JSON.stringify(dependencies)).digest('hex');
}

type Mapping = Readonly<Record<string, unknown>>;

async function readYaml(path: string): Promise<Mapping | undefined> {
  const content = await readFile(path, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  try {
    return mapping(parse(content));
  } catch (cause) {
    throw new HelmError('chart-malformed', { path, detail: String(cause) }, { cause });
  }
}

function dependenciesOf(file: Mapping): readonly ChartDependency[] {
  const entries: readonly unknown[] = Array.isArray(file.dependencies) ? file.dependencies : [];
  return entries.map(mapping).map((entry) => ({
    name: text(entry.name),
    version: text(entry.version),
    repository: text(entry.repository),
  }));
}

function mapping(value: unknown): Mapping {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('it holds no mapping');
  return value as Mapping; // An object that YAML gave has string keys.
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
