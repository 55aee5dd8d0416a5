import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { buildsDirectory, type ComponentBuild, locateBuild, type Progress, runBuild } from './build-component.ts';
import { components } from './components.ts';
import { describeBuild, describeDone, formatMinutes } from './describe-build.ts';
import { removeUnfinished } from './remove-unfinished.ts';

/** Paths of programs by name. */
export type Programs = Readonly<Record<string, string>>;

const reportEveryMs = 20_000;

/** Builds what is not built yet, one module after the other, and says how long it may take. */
export async function buildComponents(onProgress: Progress): Promise<Programs> {
  await removeUnfinished(buildsDirectory);
  const builds = await Promise.all(components.map(locateBuild));
  const missing = builds.filter(({ directory }) => !existsSync(directory));
  if (missing.length > 0) onProgress(describePlan(missing));
  for (const build of missing) await buildVisibly(build, onProgress);
  const now = new Date();
  await Promise.all(builds.map(({ directory }) => utimes(directory, now, now)));
  return Object.fromEntries(builds.flatMap(listPrograms));
}

function describePlan(missing: readonly ComponentBuild[]): string {
  const names = missing.map(({ component }) => component.module).join(', ');
  return `building ${names}: about ${formatMinutes(estimateSeconds(missing))} without any cache, and never again`;
}

function estimateSeconds(builds: readonly ComponentBuild[]): number {
  const cpuSeconds = builds.reduce((total, { component }) => total + component.coldCpuSeconds, 0);
  return cpuSeconds / Math.min(cpus().length, 4);
}

async function buildVisibly(build: ComponentBuild, onProgress: Progress): Promise<void> {
  const { module } = build.component;
  const expectedSeconds = estimateSeconds([build]);
  const start = Date.now();
  let packages = 0;
  const done = () => ({ module, packages, elapsedSeconds: (Date.now() - start) / 1000 });
  const timer = setInterval(() => onProgress(describeBuild({ ...done(), expectedSeconds })), reportEveryMs);
  try {
    await runBuild(build, (name) => {
      if (name !== '' && !name.startsWith('go: ')) packages += 1;
    });
  } finally {
    clearInterval(timer);
  }
  onProgress(`${describeDone(done())}, built`);
}

function listPrograms({ component, directory }: ComponentBuild): readonly (readonly [string, string])[] {
  return Object.keys(component.programs).map((name) => [name, join(directory, name)]);
}
