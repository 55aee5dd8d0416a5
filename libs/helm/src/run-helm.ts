import { availableParallelism } from 'node:os';
import type { HelmBinary } from './find-helm.ts';
import { helmEnvironment } from './helm-environment.ts';
import { HelmError } from './helm-error.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { slots } from './slots.ts';

export interface RunHelmOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/** One Helm keeps more than one core busy; more of them at once than cores only takes memory. */
const inSlot = slots(availableParallelism());

/** Runs Helm apart from the user's configuration, plugins and clusters, no more at once than the machine has cores. */
export async function runHelm(
  helm: HelmBinary,
  args: readonly string[],
  options: RunHelmOptions = {},
): Promise<CommandResult> {
  const { env = process.env, ...rest } = options;
  try {
    return await inSlot(() => runCommand(helm.path, args, { ...rest, env: helmEnvironment(env) }));
  } catch (cause) {
    throw new HelmError('run', { value: helm.path, detail: String(cause) }, { cause });
  }
}
