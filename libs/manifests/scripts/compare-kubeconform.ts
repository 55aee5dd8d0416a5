#!/usr/bin/env node
// Runs our validation and `kubeconform -strict` on the corpus, and fails when kubeconform finds something that we miss.
// usage: node libs/manifests/scripts/compare-kubeconform.ts
// Needs `go` and its module proxy. Everything is built and written in the cache outside the checkout.
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { echo } from 'zx';
import { type KubernetesVersion, parseManifests, validateObjects } from '../src/index.ts';
import { buildKubeconform, runKubeconform, writeSchemas } from './run-kubeconform.ts';

interface Comparison {
  readonly file: string;
  readonly isInvalid: boolean;
  readonly ours: readonly string[];
  readonly kubeconform: readonly string[];
}

const corpus = fileURLToPath(new URL('../test/corpus', import.meta.url));
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'task-api');

const comparisons = await compareCorpus();
echo(tableOf(comparisons.filter(({ isInvalid }) => isInvalid)));
echo(summaryOf(comparisons));
const missed = comparisons.filter(({ ours, kubeconform }) => kubeconform.length > 0 && ours.length === 0);
if (missed.length > 0)
  throw new Error(
    `kubeconform finds what we miss: ${missed.map(({ file, kubeconform }) => `${file}: ${kubeconform.join('; ')}`).join('\n')}`,
  );

async function compareCorpus(): Promise<readonly Comparison[]> {
  const binary = await buildKubeconform(cache);
  const files = ['invalid', 'valid'].flatMap((folder) =>
    readdirSync(join(corpus, folder)).map((name) => join(corpus, folder, name)),
  );
  const results: Comparison[] = [];
  for (const [version, group] of Map.groupBy(files, kubernetesVersionOf)) {
    const schemas = await writeSchemas(version, cache);
    const theirs = Map.groupBy(await runKubeconform(binary, schemas, group), ({ filename }) => filename);
    results.push(
      ...group.map((file) =>
        comparisonOf(
          file,
          (theirs.get(file) ?? []).map(({ msg }) => msg),
        ),
      ),
    );
  }
  return results.toSorted((left, right) => left.file.localeCompare(right.file, 'en'));
}

/** Most files are for the newest version; the others say so in a comment. */
function kubernetesVersionOf(file: string): KubernetesVersion {
  // The corpus names only versions of the table; for another one the schemas cannot be written.
  return (/^# kubernetes: (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '1.35') as KubernetesVersion;
}

function comparisonOf(file: string, kubeconform: readonly string[]): Comparison {
  const objects = parseManifests(readFileSync(file, 'utf8'));
  const findings = validateObjects(objects, { kubernetesVersion: kubernetesVersionOf(file), namespace: 'shop' });
  return {
    file: basename(file, '.yaml'),
    isInvalid: file.includes('/invalid/'),
    ours: findings.map(({ rule }) => rule),
    kubeconform,
  };
}

function tableOf(rows: readonly Comparison[]): string {
  const table = new Table({ head: ['case', 'ours', 'kubeconform -strict'], style: { head: [] } });
  for (const { file, ours, kubeconform } of rows)
    table.push([file, ours.join(', ') || '-', kubeconform.length > 0 ? 'found' : '-']);
  return table.toString();
}

function summaryOf(all: readonly Comparison[]): string {
  const invalid = all.filter(({ isInvalid }) => isInvalid);
  const valid = all.filter(({ isInvalid }) => !isInvalid);
  return `invalid files found: ${foundIn(invalid)}\nvalid files refused: ${foundIn(valid)}`;
}

function foundIn(some: readonly Comparison[]): string {
  const count = (by: 'ours' | 'kubeconform') => some.filter((row) => row[by].length > 0).length;
  return `ours ${count('ours')}, kubeconform ${count('kubeconform')}, of ${some.length}`;
}
