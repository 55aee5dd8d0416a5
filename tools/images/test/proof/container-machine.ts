import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../../src/run-program.ts';

export interface ContainerRequest {
  readonly name: string;
  readonly image: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Directories of the machine's folder by their places in the container; those below `data/` can be written. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** In place of the image's command. */
  readonly command?: readonly string[];
}

/** A containerd of its own, whose containers share one network that reaches nothing else. */
export interface ContainerMachine {
  /** Writes a file below the machine's folder, for a container to mount. */
  write(path: string, text: string): Promise<void>;
  /** Makes an empty directory below the machine's folder that a user can write. */
  makeVolume(path: string, uid: number): Promise<void>;
  start(request: ContainerRequest): Promise<void>;
  /** Runs a container to its end and returns what it printed. */
  runOnce(request: ContainerRequest): Promise<string>;
  exec(name: string, script: string): Promise<string>;
  /** Sends a signal and waits for the end of the container. */
  stop(name: string, signal: string): Promise<void>;
  log(name: string): Promise<string>;
}

/** Starts such a machine with the images of an archive for the work, and removes all of it after. */
export async function withContainerMachine<Result>(
  archive: string,
  work: (machine: ContainerMachine) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'task-api-proof-'));
  const daemon = await startContainerd(folder);
  try {
    const ctr = ctrOf(folder);
    await waitFor('containerd', () => ctr('version'));
    await ctr('images', 'import', archive);
    return await work(openMachine(folder, ctr));
  } finally {
    daemon.kill('SIGKILL'); // It is the first process of its namespaces: everything in them ends with it.
    await once(daemon, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

async function startContainerd(folder: string): Promise<ChildProcess> {
  const config = join(folder, 'config.toml');
  await writeFile(config, containerdConfig(folder));
  const own = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private'];
  // What containerd and runc keep below /run stays apart from those of the machine.
  const script = 'ip link set lo up && mount -t tmpfs tmpfs /run && exec containerd --config "$0"';
  return spawn('unshare', [...own, 'sh', '-c', script, config], { stdio: 'ignore' });
}

function containerdConfig(folder: string): string {
  return `version = 2
root = "${folder}/root"
state = "${folder}/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "${folder}/containerd.sock"
[ttrpc]
  address = "${folder}/containerd.sock.ttrpc"
`;
}

type Ctr = (...args: readonly string[]) => Promise<string>;

function ctrOf(folder: string): Ctr {
  return (...args) =>
    runProgram('ctr', ['--address', join(folder, 'containerd.sock'), '--namespace', 'k8s.io', ...args]);
}

function openMachine(folder: string, ctr: Ctr): ContainerMachine {
  return {
    async write(path, text) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    async makeVolume(path, uid) {
      await mkdir(join(folder, path), { recursive: true });
      await chown(join(folder, path), uid, 0);
    },
    async start(request) {
      await ctr(
        'run',
        '--detach',
        '--log-uri',
        `file://${folder}/${request.name}.log`,
        ...runArguments(folder, request),
      );
    },
    runOnce: (request) => ctr('run', '--rm', ...fifos(folder), ...runArguments(folder, request)),
    exec: (name, script) =>
      ctr('tasks', 'exec', ...fifos(folder), '--exec-id', `exec-${process.hrtime.bigint()}`, name, 'sh', '-c', script),
    async stop(name, signal) {
      await ctr('tasks', 'kill', '--signal', signal, name);
      await waitFor(`the end of ${name}`, () => ctr('tasks', 'rm', name));
      await ctr('containers', 'rm', name);
    },
    log: (name) => readFile(join(folder, `${name}.log`), 'utf8'),
  };
}

/** Both ends of a container's output see this folder, and not each other's /run. */
function fifos(folder: string): readonly string[] {
  return ['--fifo-dir', join(folder, 'fifo')];
}

/** The root file system is read-only, as a chart may ask for. */
function runArguments(folder: string, { name, image, env = {}, mounts = {}, command = [] }: ContainerRequest) {
  const mount = ([place, source]: readonly [string, string]) =>
    `type=bind,src=${join(folder, source)},dst=${place},options=rbind:${source.startsWith('data/') ? 'rw' : 'ro'}`;
  return [
    ...['--net-host', '--read-only', '--cgroup', ''],
    ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...Object.entries(mounts).flatMap((entry) => ['--mount', mount(entry)]),
    ...[image, name, ...command],
  ];
}

const deadlineMs = 60_000;
const pollMs = 100;

/** Tries until it works; what it waits for takes a second or two, the deadline is for machines that hang. */
export async function waitFor<Result>(what: string, attempt: () => Promise<Result>): Promise<Result> {
  const endMs = Date.now() + deadlineMs;
  for (;;) {
    const outcome = await attempt().then(
      (value) => ({ value }),
      (error: Error) => ({ error }),
    );
    if ('value' in outcome) return outcome.value;
    if (Date.now() > endMs) throw new Error(`waited ${deadlineMs} ms for ${what}`, { cause: outcome.error });
    await sleep(pollMs);
  }
}
