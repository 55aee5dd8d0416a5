import { type DebianPackage, debianPackages, type PackageUser } from './debian-packages.ts';
import type { Command, CommandOutcome, StepResult } from './run-step.ts';

/** What the installation asks of the machine. */
export interface Machine {
  readonly isCi: boolean;
  readonly isRoot: boolean;
  has(proof: string): boolean;
  run(command: Command): Promise<CommandOutcome>;
}

/**
 * Installs what is missing for a step of CI. Only in CI and as root: anybody else is told the command. What cannot be
 * installed is a failure, because the tests that need it would only be skipped.
 */
export async function installPackages(
  user: PackageUser,
  machine: Machine,
  packages: readonly DebianPackage[] = debianPackages,
): Promise<StepResult> {
  const wanted = packages.filter(({ usedBy }) => usedBy.includes(user));
  const missing = missingOf(wanted, machine);
  if (missing.length > 0 && machine.isCi && machine.isRoot) await install(missing, machine);
  return judge(`Debian packages for ${user}`, wanted, machine);
}

function missingOf(packages: readonly DebianPackage[], { has }: Machine): readonly DebianPackage[] {
  return packages.filter(({ provides }) => !provides.some(has));
}

/** What only some releases of Debian have goes one by one: apt-get installs all it is asked for, or nothing. */
async function install(missing: readonly DebianPackage[], machine: Machine): Promise<void> {
  await machine.run(aptGet('update'));
  const sure = missing.filter(({ availability }) => availability === undefined);
  if (sure.length > 0) await machine.run(installation(sure));
  for (const one of missing.filter(({ availability }) => availability !== undefined))
    await machine.run(installation([one]));
}

function installation(packages: readonly DebianPackage[]): Command {
  return aptGet('install', '--yes', '--no-install-recommends', ...packages.map(({ name }) => name));
}

function aptGet(...args: readonly string[]): Command {
  return { program: 'apt-get', args, env: { DEBIAN_FRONTEND: 'noninteractive' } };
}

function judge(name: string, wanted: readonly DebianPackage[], machine: Machine): StepResult {
  const missing = missingOf(wanted, machine);
  const failed = missing.filter(({ availability }) => availability === undefined).length;
  const passed = failed === 0 ? 1 : 0;
  if (missing.length === 0) return { name, passed, failed, note: 'all there', failures: [] };
  const reasons = missing.map((one) => `${one.name} (${one.why})`).join(', ');
  return { name, passed, failed, note: `missing: ${reasons}; as root: ${commandLine(missing)}`, failures: [] };
}

function commandLine(missing: readonly DebianPackage[]): string {
  return `apt-get install --no-install-recommends ${missing.map(({ name }) => name).join(' ')}`;
}
