import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalStackError } from '../local-stack-error.ts';
import { type KeeperGreeting, keeperSocket, openTestDirectory } from './keeper-address.ts';

export interface TestPostgres {
  readonly version: string;
  /** URL of a database, as a superuser. */
  url(database: string): string;
}

/**
 * The PostgreSQL that all test processes of this checkout share. The first one starts it, and it ends some seconds
 * after the last one has, so neither a set-up nor a tear-down is needed.
 *
 * @param major @default 18
 */
export function connectTestPostgres(major = 18): Promise<TestPostgres> {
  const known = connections.get(major) ?? joinServer(major);
  connections.set(major, known);
  return known;
}

const connections = new Map<number, Promise<TestPostgres>>();

const startDeadlineMs = 60_000;
const pollMs = 50;

async function joinServer(major: number): Promise<TestPostgres> {
  const path = keeperSocket(await openTestDirectory(), major);
  const first = await greet(path);
  if (first !== undefined) return describe(first);
  startKeeper(major);
  const deadline = Date.now() + startDeadlineMs;
  while (Date.now() < deadline) {
    const greeting = await greet(path);
    if (greeting !== undefined) return describe(greeting);
    await sleep(pollMs);
  }
  throw new LocalStackError('did-not-start', { what: `the test PostgreSQL ${major}`, value: `no answer at ${path}` });
}

function describe(greeting: KeeperGreeting): TestPostgres {
  if ('failure' in greeting)
    throw new LocalStackError('did-not-start', { what: 'the test PostgreSQL', value: greeting.failure });
  const { port, version } = greeting;
  return { version, url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}` };
}

function startKeeper(major: number): void {
  const program = join(import.meta.dirname, 'keeper-main.ts');
  spawn(process.execPath, [program, String(major)], { detached: true, stdio: 'ignore', cwd: '/' }).unref();
}

/** Undefined when nobody is there. The connection stays open without keeping this process alive: it holds the server. */
function greet(path: string): Promise<KeeperGreeting | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    readFirstLine(socket, (line) => {
      socket.unref();
      resolve(JSON.parse(line));
    });
  });
}

/** Without `readline`, which throws on its own when the socket fails. */
function readFirstLine(socket: Socket, onLine: (line: string) => void): void {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
    if (text.includes('\n')) onLine(text);
  });
}
