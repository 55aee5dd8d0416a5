import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ChartPath, parseHelmIgnore } from './helm-ignore.ts';

/** The files of a chart, wherever they come from. */
export interface ChartContents {
  /** sha256 over paths and contents; times, modes and packaging do not count. */
  readonly digest: string;
  writeTo(directory: string): Promise<void>;
}

interface ChartFile {
  readonly path: string;
  readonly content: Buffer;
}

/** Reads the chart in a folder as Helm would load it: without what `.helmignore` names and without built dependencies. */
export function readChart(directory: string): ChartContents {
  const ignoreFile = join(directory, '.helmignore');
  const isIgnored = parseHelmIgnore(existsSync(ignoreFile) ? readFileSync(ignoreFile, 'utf8') : '');
  return readFiles(directory, (entry) => entry.path === 'charts' || isIgnored(entry));
}

/** Reads every file below a folder. Synchronously: a hundred small files are read five times faster so. */
export function readFiles(directory: string, isIgnored: (entry: ChartPath) => boolean = () => false): ChartContents {
  const paths = listFiles({ root: directory, folder: '', isIgnored });
  const files = [...paths].sort().map((path) => ({ path, content: readFileSync(join(directory, path)) }));
  return { digest: digestOf(files), writeTo: (target) => writeFiles(files, target) };
}

interface Listing {
  readonly root: string;
  readonly folder: string;
  readonly isIgnored: (entry: ChartPath) => boolean;
}

function listFiles({ root, folder, isIgnored }: Listing): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .map((entry) => ({ path: folder ? `${folder}/${entry.name}` : entry.name, isDirectory: entry.isDirectory() }))
    .filter((entry) => !isIgnored(entry))
    .flatMap(({ path, isDirectory }) => (isDirectory ? listFiles({ root, folder: path, isIgnored }) : [path]));
}

function digestOf(files: readonly ChartFile[]): string {
  const hash = createHash('sha256');
  for (const { path, content } of files) hash.update(`${path}\0${content.length}\0`).update(content);
  return hash.digest('hex');
}

async function writeFiles(files: readonly ChartFile[], target: string): Promise<void> {
  const folders = new Set(files.map(({ path }) => dirname(join(target, path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await Promise.all(files.map(({ path, content }) => writeFile(join(target, path), content)));
}
