import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
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
export async function readChart(directory: string): Promise<ChartContents> {
  const isIgnored = parseHelmIgnore(await readFile(join(directory, '.helmignore'), 'utf8').catch(() => ''));
  return readFiles(directory, (entry) => entry.path === 'charts' || isIgnored(entry));
}

/** Reads every file below a folder. */
export async function readFiles(
  directory: string,
  isIgnored: (entry: ChartPath) => boolean = () => false,
): Promise<ChartContents> {
  const paths = await listFiles(directory, '', isIgnored);
  const files = await Promise.all(
    paths.map(async (path) => ({ path, content: await readFile(join(directory, path)) })),
  );
  return { digest: digestOf(files), writeTo: (target) => writeFiles(files, target) };
}

/** Digest of a chart together with its dependencies. */
export function combinedDigest(digests: Readonly<Record<string, string>>): string {
  const lines = Object.entries(digests).map(([name, digest]) => `${name} ${digest}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}

async function listFiles(
  root: string,
  folder: string,
  isIgnored: (entry: ChartPath) => boolean,
): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = entries
    .map((entry) => ({ path: folder ? `${folder}/${entry.name}` : entry.name, isDirectory: entry.isDirectory() }))
    .filter((entry) => !isIgnored(entry))
    .map(async ({ path, isDirectory }) => (isDirectory ? listFiles(root, path, isIgnored) : [path]));
  return (await Promise.all(found)).flat().sort();
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
