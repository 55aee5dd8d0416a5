import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HelmBinary } from '@task-api/helm';
import type { Values } from '../src/merge-values.ts';
import type { ValuesCase } from './values-cases.ts';

type Write = (values: Values) => string;

/**
 * What `helm template` gives templates as `.Values`, without the `global` that Helm adds to the dependency.
 * The values are written as JSON, which is YAML too and quicker than the builder's writer.
 */
export async function valuesOfHelm(
  helm: HelmBinary,
  { chart, child, files }: ValuesCase,
  write: Write = JSON.stringify,
): Promise<Values> {
  const directory = await mkdtemp(join(tmpdir(), 'merge-values-'));
  try {
    await writeChart(directory, write(chart), write(child));
    const names = await Promise.all(files.map((file, index) => writeInto(directory, `file${index}.yaml`, write(file))));
    return await templateValues(helm, directory, names);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function writeChart(directory: string, chart: string, child: string): Promise<void> {
  await mkdir(join(directory, 'templates'));
  await mkdir(join(directory, 'charts/child'), { recursive: true });
  const dependencies = 'dependencies:\n  - { name: child, version: 0.0.0 }\n';
  await writeInto(directory, 'Chart.yaml', `apiVersion: v2\nname: parent\nversion: 0.0.0\n${dependencies}`);
  await writeInto(directory, 'values.yaml', chart);
  await writeInto(directory, 'templates/values.yaml', 'apiVersion: v1\nkind: Values\nvalues: {{ toJson .Values }}\n');
  await writeInto(directory, 'charts/child/Chart.yaml', 'apiVersion: v2\nname: child\nversion: 0.0.0\n');
  await writeInto(directory, 'charts/child/values.yaml', child);
}

async function templateValues(helm: HelmBinary, directory: string, names: readonly string[]): Promise<Values> {
  const args = ['template', 'release', directory, ...names.flatMap((name) => ['--values', name])];
  const { stdout } = await promisify(execFile)(helm.path, args, { maxBuffer: 64 * 1024 * 1024 });
  const { child, ...own } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  const { global: _, ...table } = child;
  return { ...own, child: table };
}

async function writeInto(directory: string, name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}
