import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { checkEqual, checkThat } from '../../check.ts';
import { type CommandResult, runProgram } from '../../run/run-program.ts';
import type { World } from '../../world/world.ts';
import type { CommandBlock } from './read-command-blocks.ts';

export interface BlockOptions {
  /** Commands that fail in this situation, and have to. */
  readonly failing?: readonly RegExp[];
  /** Names that the document gives as examples, and those of this release. */
  readonly names?: Readonly<Record<string, string>>;
  /** A command after the block, which sees its variables. */
  readonly afterwards?: string;
}

export type BlockResult = Pick<CommandResult, 'stdout' | 'stderr'>;

/** A folder like a checkout of the repository, in which a person would type the commands. */
export interface Handbook {
  execute(block: CommandBlock, options?: BlockOptions): Promise<BlockResult>;
  close(): Promise<void>;
}

/** Opens the folder, with `charts/task-api`, and with `my-values.yaml`, which the documents speak of. */
export async function openHandbook(world: World, myValues: object): Promise<Handbook> {
  await mkdir(world.scratch, { recursive: true });
  const directory = await mkdtemp(join(world.scratch, 'handbook-'));
  await mkdir(join(directory, 'charts'));
  await mkdir(join(directory, 'bin'));
  await symlink(world.chart.directory, join(directory, 'charts/task-api'));
  await symlink(world.helm.binary.path, join(directory, 'bin/helm'));
  const { kubectl } = world.cluster;
  if (isAbsolute(kubectl)) await symlink(kubectl, join(directory, 'bin/kubectl'));
  await writeFile(join(directory, 'my-values.yaml'), JSON.stringify(myValues));
  return {
    execute: (block, options = {}) => executeBlock(block, options, { world, directory }),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

interface Desk {
  readonly world: World;
  readonly directory: string;
}

const failedMark = 'e2e: failed: ';
/** Goes on after a command that fails, as a person would, and tells which it was. */
const preamble = `set -uo pipefail; trap 'echo "${failedMark}$BASH_COMMAND" >&2' ERR`;

async function executeBlock(
  { id, text }: CommandBlock,
  { failing = [], names = {}, afterwards = '' }: BlockOptions,
  { world, directory }: Desk,
): Promise<BlockResult> {
  const script = [preamble, adapt(text, names, world), afterwards].join('\n');
  const env = environmentOf(world, directory);
  const result = await runProgram(['bash', '-c', script], { cwd: directory, env, signal: world.signal });
  const failed = result.stderr.split('\n').filter((line) => line.startsWith(failedMark));
  const unexpected = failed.filter((line) => !failing.some((pattern) => pattern.test(line)));
  checkEqual(unexpected, [], `commands of ${id} that fail (${result.stderr.trim()})`);
  for (const pattern of failing)
    checkThat(
      failed.some((line) => pattern.test(line)),
      `the command ${pattern} of ${id}`,
      { expected: 'to fail in this situation', actual: result.stdout },
    );
  return result;
}

/** The namespace of the scenario in place of the one in the document, and the commands of the other Helm left out. */
function adapt(text: string, names: Readonly<Record<string, string>>, { namespace, helm }: World): string {
  const lines = text.split('\n').filter((line) => {
    const [, major = String(helm.binary.major)] = /# Helm (\d)$/.exec(line) ?? [];
    return major === String(helm.binary.major);
  });
  const own = lines.join('\n').replaceAll('--namespace task-api', `--namespace ${namespace}`);
  return Object.entries(names).reduce((adapted, [example, name]) => adapted.replaceAll(example, name), own);
}

function environmentOf({ namespace, release, cluster }: World, directory: string): NodeJS.ProcessEnv {
  const { PATH = '' } = process.env;
  return {
    PATH: `${join(directory, 'bin')}:${PATH}`,
    HOME: directory,
    KUBECONFIG: cluster.kubeconfig,
    NAMESPACE: namespace,
    RELEASE: release,
  };
}
