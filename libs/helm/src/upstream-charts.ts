import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import { cacheDirectory, ensureDirectory } from './cache-directory.ts';
import { type ChartContents, readFiles } from './chart-contents.ts';
import { type ChartDependency, dependencyKey } from './chart-metadata.ts';
import { exclusively } from './exclusively.ts';
import type { HelmBinary } from './find-helm.ts';
import { HelmError } from './helm-error.ts';
import { publishDirectory } from './publish-directory.ts';
import { runHelm } from './run-helm.ts';

/** How long the registry may take to hand over the dependencies of one chart. */
const fetchTimeoutMs = 30_000;

export interface FetchRequest {
  readonly helm: HelmBinary;
  /** The chart whose Chart.lock is followed. */
  readonly chart: string;
  readonly dependencies: readonly ChartDependency[];
  readonly env: NodeJS.ProcessEnv;
}

/** Where the packages of these dependencies are kept once they have been fetched. */
export function fetchedDirectory(dependencies: readonly ChartDependency[], env: NodeJS.ProcessEnv): string {
  return join(cacheDirectory(env), 'upstream', dependencyKey(dependencies));
}

/** Whether these dependencies have been fetched before. */
export async function isFetched(dependencies: readonly ChartDependency[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await stat(fetchedDirectory(dependencies, env)).catch(() => undefined)) !== undefined;
}

/**
 * Fetches the dependencies that Chart.lock pins, once, and returns the folder of their packages.
 *
 * @throws {HelmError} `upstream-unreachable`, or `lock-missing` and `lock-stale` when the chart is at fault
 */
export async function fetchUpstream(request: FetchRequest): Promise<string> {
  const directory = fetchedDirectory(request.dependencies, request.env);
  await ensureDirectory(join(directory, '..'));
  await exclusively(`${directory}.lock`, () =>
    publishDirectory(directory, (scratch) => buildDependencies(request, scratch)),
  );
  return join(directory, 'charts');
}

/** Finds the packaged charts in a folder and reads them, contents only: packaging the same chart twice gives other bytes. */
export async function readPackages(
  directory: string,
  dependencies: readonly ChartDependency[],
  env: NodeJS.ProcessEnv,
): Promise<readonly ChartContents[]> {
  return Promise.all(
    dependencies.map(({ name, version }) => readPackage(join(directory, `${name}-${version}.tgz`), env)),
  );
}

async function buildDependencies({ helm, chart, env }: FetchRequest, scratch: string): Promise<void> {
  const lock = join(chart, 'Chart.lock');
  await copyFile(lock, join(scratch, 'Chart.lock')).catch(() => {
    throw new HelmError('lock-missing', { path: lock });
  });
  await copyFile(join(chart, 'Chart.yaml'), join(scratch, 'Chart.yaml'));
  const args = ['dependency', 'build', '--skip-refresh', scratch];
  const { code, stderr } = await runHelm(helm, args, { env, timeoutMs: fetchTimeoutMs });
  if (/out of sync/.test(stderr)) throw new HelmError('lock-stale', { path: lock, detail: stderr });
  if (code !== 0) throw new HelmError('upstream-unreachable', { detail: stderr.trim() });
}

async function readPackage(file: string, env: NodeJS.ProcessEnv): Promise<ChartContents> {
  const bytes = await readFile(file).catch((cause) => {
    throw new HelmError('upstream-missing', { path: basename(file) }, { cause });
  });
  const key = createHash('sha256').update(bytes).digest('hex');
  const unpacked = await publishDirectory(join(cacheDirectory(env), 'packages', key), (scratch) =>
    unpack(file, scratch),
  );
  const digest = await readFile(join(unpacked, 'digest'), 'utf8');
  return { digest, writeTo: (target) => cp(join(unpacked, 'chart'), target, { recursive: true }) };
}

async function unpack(file: string, scratch: string): Promise<void> {
  const chart = join(scratch, 'chart');
  await mkdir(chart);
  await extract({ file, cwd: chart, strip: 1 }).catch((cause) => {
    throw new HelmError('chart-malformed', { path: file, detail: String(cause) }, { cause });
  });
  await writeFile(join(scratch, 'digest'), readFiles(chart).digest);
}
