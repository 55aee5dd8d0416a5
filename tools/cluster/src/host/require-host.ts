import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { ClusterError } from '../cluster-error.ts';
import { runProgram } from '../run-program.ts';
import { hostPackages } from './host-packages.ts';
import { requireRoot } from './require-root.ts';

export interface Host {
  readonly env: NodeJS.ProcessEnv;
  /** The id of the user that this runs as. */
  readonly userId: number;
  /** Where the kernel shows its cgroups. @default where every Linux has them */
  readonly cgroups?: string;
  readonly onProgress: (line: string) => void;
}

/** Makes sure that this machine can carry a cluster: installs what is missing where CI says so, refuses elsewhere. */
export async function requireHost({ env, userId, onProgress, cgroups = '/sys/fs/cgroup' }: Host): Promise<void> {
  requireRoot(userId);
  // Only the single hierarchy of version 2 has this file at its root.
  if (existsSync(join(cgroups, 'cgroup.controllers'))) throw new ClusterError('cgroup-version', { path: cgroups });
  const missing = listMissing(env);
  if (missing.length === 0) return;
  if (env.CI !== 'true') throw programsMissing(missing);
  onProgress(`installing ${packagesOf(missing).join(', ')}`);
  await installPackages(packagesOf(missing));
  const stillMissing = listMissing(env);
  if (stillMissing.length > 0) throw programsMissing(stillMissing);
}

/** Programs of the list that are neither on PATH nor at their place. */
export function listMissing(env: NodeJS.ProcessEnv): readonly string[] {
  return [...Object.values(hostPackages).flat(), 'go'].filter((program) => !isInstalled(program, env));
}

function isInstalled(program: string, env: NodeJS.ProcessEnv): boolean {
  if (isAbsolute(program)) return isExecutable(program);
  return (env.PATH ?? '').split(delimiter).some((directory) => isExecutable(join(directory, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function programsMissing(missing: readonly string[]): ClusterError {
  const packages = packagesOf(missing);
  const install = `apt-get update && apt-get install --yes --no-install-recommends ${packages.join(' ')}`;
  const cures = [
    ...(packages.length > 0 ? [`run \`${install}\``] : []),
    ...(missing.includes('go') ? ['install Go 1.26 or newer from go.dev, which Debian 12 does not have'] : []),
  ];
  return new ClusterError('programs-missing', { value: missing.join(', '), allowed: cures.join(', and ') });
}

function packagesOf(missing: readonly string[]): readonly string[] {
  return Object.keys(hostPackages).filter((name) => hostPackages[name]?.some((program) => missing.includes(program)));
}

async function installPackages(packages: readonly string[]): Promise<void> {
  if (packages.length === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await runProgram(['apt-get', 'update', '--quiet'], { env });
    await runProgram(['apt-get', 'install', '--yes', '--quiet', '--no-install-recommends', ...packages], { env });
  } catch (cause) {
    const value = cause instanceof Error ? cause.message : String(cause);
    throw new ClusterError('install-failed', { what: packages.join(', '), value }, { cause });
  }
}
