import { join } from 'node:path';
import { checkEqual, checkFailed, checkMatches, checkSucceeded } from '../check.ts';
import { type CommandResult, runProgram } from '../run/run-program.ts';
import type { Scenario } from '../scenario.ts';
import type { World } from '../world/world.ts';

const root = join(import.meta.dirname, '../../../..');
const exitCode = 7;

export const clusterCommands: Scenario = {
  name: 'cluster-commands',
  title: 'To start the cluster that runs is harmless, and its status, shell and logs show it',
  subject: 'cluster',
  helm: [4],
  needs: ['machines'],
  deadlineMs: 300_000,
  async run(world) {
    const before = await world.step('status', () => readStatus(world));
    checkEqual(before.nodes, world.cluster.nodes.length, 'how many nodes the status tells');
    await world.step('up', () => checkUp(world));
    checkEqual((await readStatus(world)).processes, before.processes, 'what runs after another start');
    await world.step('shell', () => checkShell(world));
    await world.step('logs', () => checkLogs(world));
  },
};

interface Status {
  readonly nodes: number;
  /** Name and id of each. */
  readonly processes: readonly string[];
}

async function readStatus(world: World): Promise<Status> {
  const { stdout } = checkSucceeded(await cluster(world, ['status', '--json']));
  const { nodes, processes } = JSON.parse(stdout);
  // Shims of containers come and go with the pods of other scenarios.
  const parts = processes.filter(({ name }: { readonly name: string }) => !name.includes('('));
  return { nodes, processes: parts.map(({ name, pid }: Readonly<Record<string, unknown>>) => `${name} ${pid}`) };
}

async function checkUp(world: World): Promise<void> {
  const { stdout } = checkSucceeded(await cluster(world, ['up']));
  checkMatches(stdout, new RegExp(`${world.cluster.nodes.length} node\\(s\\) up`), 'what up says');
  checkMatches(stdout, new RegExp(`KUBECONFIG=${world.cluster.kubeconfig}`), 'what up says');
}

/** The address of the API server that its kubeconfig names is one of the network inside. */
async function checkShell(world: World): Promise<void> {
  const { stdout } = checkSucceeded(await cluster(world, ['shell', 'kubectl', 'get', 'nodes', '--output', 'name']));
  checkEqual(
    stdout.trim().split('\n'),
    world.cluster.nodes.map((name) => `node/${name}`),
    'the nodes that a shell sees',
  );
  const failing = await cluster(world, ['shell', 'sh', '-c', `exit ${exitCode}`]);
  checkEqual(failing.exitCode, exitCode, 'the exit code of a command in the shell');
}

async function checkLogs(world: World): Promise<void> {
  const names = checkSucceeded(await cluster(world, ['logs']))
    .stdout.trim()
    .split('\n');
  const nodeParts = world.cluster.nodes.map((name) => `${name}-kubelet`);
  checkEqual(
    ['kube-apiserver', ...nodeParts].filter((name) => !names.includes(name)),
    [],
    'logs that are missing',
  );
  const { stdout } = checkSucceeded(await cluster(world, ['logs', 'kube-apiserver']));
  checkMatches(stdout, /Serving securely/, 'the log of the API server');
  checkFailed(await cluster(world, ['logs', 'kube-apisever']), /there is no log "kube-apisever"/);
}

function cluster({ signal }: World, args: readonly string[]): Promise<CommandResult> {
  return runProgram(['npm', 'run', '--silent', 'cluster', '--', ...args], { cwd: root, signal });
}
