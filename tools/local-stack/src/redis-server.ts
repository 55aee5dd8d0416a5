import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { assertPortIsFree, findFreePort } from './free-port.ts';
import { type GuardedProcess, startGuarded } from './guarded-process.ts';
import { LocalStackError } from './local-stack-error.ts';

export type RedisImplementation = 'redis-server' | 'js-redis-server';

export interface RedisOptions {
  /** @default a free one */
  readonly port?: number;
  /** @default redis-server when it is on PATH, else the one of the npm package */
  readonly implementation?: RedisImplementation;
  readonly password?: string;
  readonly onLog?: (line: string) => void;
}

export interface RedisServer {
  readonly host: string;
  readonly port: number;
  readonly implementation: RedisImplementation;
  /** Leads the server's process group: a signal to `-pid` reaches the server. */
  readonly pid: number;
  /** Resolves when the server ends, for whatever reason. */
  readonly exited: Promise<number>;
  /** Without password. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server of the Redis protocol on 127.0.0.1 that keeps nothing on disk and ends with this process. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const implementation = options.implementation ?? (await chooseImplementation());
  const port = await choosePort(options.port);
  const guarded = startGuarded({
    ...commands[implementation](port, options.password),
    env: { ...process.env, ...(options.password === undefined ? {} : secretsOf(options.password)) },
    stopSignal: 'TERM',
    onLog: (line) => isAboutSaving(line) || options.onLog?.(line),
  });
  await waitUntilListening(port, guarded);
  const { exited, pid, stop } = guarded;
  return { host, port, implementation, pid, exited, url: `redis://${host}:${port}`, stop: () => stop() };
}

/** Redis warns of saves that may fail where the kernel does not overcommit memory, as by default; this one saves nothing. */
function isAboutSaving(line: string): boolean {
  return line.includes('Memory overcommit must be enabled');
}

const host = '127.0.0.1';

async function chooseImplementation(): Promise<RedisImplementation> {
  return promisify(execFile)('redis-server', ['--version']).then(
    () => 'redis-server',
    () => 'js-redis-server',
  );
}

async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return findFreePort();
  await assertPortIsFree(wanted, 'Redis');
  return wanted;
}

/** Redis quotes in its configuration as JSON does. */
function secretsOf(password: string): NodeJS.ProcessEnv {
  return { REDIS_PASSWORD: password, REDIS_CONFIG: `requirepass ${JSON.stringify(password)}` };
}

interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
}

/** Has the server read its configuration where the list of processes does not show it. */
const readingInput = `exec redis-server - "$@" <<CONFIG
$REDIS_CONFIG
CONFIG`;

const commands: Readonly<Record<RedisImplementation, (port: number, password?: string) => Command>> = {
  'redis-server': (port, password) => {
    const options = ['--bind', host, '--port', String(port), '--save', '', '--appendonly', 'no'];
    return password === undefined
      ? { program: 'redis-server', arguments: options }
      : { program: '/bin/sh', arguments: ['-c', readingInput, 'redis-server', ...options] };
  },
  'js-redis-server': (port) => ({
    program: process.execPath,
    arguments: [join(import.meta.dirname, 'redis-main.ts'), String(port)],
  }),
};

const startDeadlineMs = 20_000;
const pollMs = 10;

async function waitUntilListening(port: number, guarded: GuardedProcess): Promise<void> {
  const deadline = Date.now() + startDeadlineMs;
  while (!guarded.hasExited() && Date.now() < deadline) {
    if (await accepts(port)) return;
    await sleep(pollMs);
  }
  await guarded.stop();
  throw new LocalStackError('did-not-start', { what: 'Redis', value: guarded.recentLog().join('\n') });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
