import { existsSync } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { holderOf, holdLock, type Lock } from '../processes/hold-lock.ts';
import { buildsDirectory, type ComponentBuild, locateBuild, type Progress, runBuild } from './build-component.ts';
import { components } from './components.ts';
import { describeBuild, describeDone, formatMinutes } from './describe-build.ts';
import { removeUnfinished } from './remove-unfinished.ts';

/** Paths of programs by name. */
export type Programs = Readonly<Record<string, string>>;

export interface BuildOptions {
  readonly onProgress: Progress;
  /** Ends the build. */
  readonly signal?: AbortSignal | undefined;
}

const reportEveryMs = 20_000;

/** Builds what is not built yet, one module after the other, and says how long it may take. */
export async function buildComponents({ onProgress, signal }: BuildOptions): Promise<Programs> {
  const builds = await Promise.all(components.map(locateBuild));
  if (listMissing(builds).length > 0) await buildMissing(builds, { onProgress, signal });
  const now = new Date();
  await Promise.all(builds.map(({ directory }) => utimes(directory, now, now)));
  return Object.fromEntries(builds.flatMap(listPrograms));
}

function listMissing(builds: readonly ComponentBuild[]): readonly ComponentBuild[] {
  return builds.filter(({ directory }) => !existsSync(directory));
}

/** One process at a time: what another one builds meanwhile is not built twice. */
async function buildMissing(builds: readonly ComponentBuild[], options: BuildOptions): Promise<void> {
  const lock = await waitForTurn(options.onProgress);
  try {
    await removeUnfinished(buildsDirectory);
    const missing = listMissing(builds);
    if (missing.length > 0) options.onProgress(describePlan(missing));
    for (const build of missing) await buildVisibly(build, options);
  } finally {
    await lock?.release();
  }
}

async function waitForTurn(onProgress: Progress): Promise<Lock | undefined> {
  await mkdir(buildsDirectory, { recursive: true });
  const file = join(buildsDirectory, 'build.lock');
  const lock = await holdLock({ file });
  if (lock !== undefined) return lock;
  onProgress(`process ${holderOf(file)} is building; waiting for it`);
  return holdLock({ file, waits: true });
}

function describePlan(missing: readonly ComponentBuild[]): string {
  const names = missing.map(({ component }) => component.module).join(', ');
  return `building ${names}: about ${formatMinutes(estimateSeconds(missing))} without any cache, and never again`;
}

function estimateSeconds(builds: readonly ComponentBuild[]): number {
  const cpuSeconds = builds.reduce((total, { component }) => total + component.coldCpuSeconds, 0);
  return cpuSeconds / Math.min(cpus().length, 4);
}

async function buildVisibly(build: ComponentBuild, { onProgress, signal }: BuildOptions): Promise<void> {
  const { module } = build.component;
  const expectedSeconds = estimateSeconds([build]);
  const start = Date.now();
  let packages = 0;
  const done = () => ({ module, packages, elapsedSeconds: (Date.now() - start) / 1000 });
  const timer = setInterval(() => onProgress(describeBuild({ ...done(), expectedSeconds })), reportEveryMs);
  try {
    const onPackage = (name: string) => {
      if (name !== '' && !name.startsWith('go: ')) packages += 1;
    };
    await runBuild(build, { onPackage, signal });
  } finally {
    clearInterval(timer);
  }
  onProgress(`${describeDone(done())}, built`);
}

function listPrograms({ component, directory }: ComponentBuild): readonly (readonly [string, string])[] {
  return Object.keys(component.programs).map((name) => [name, join(directory, name)]);
}
