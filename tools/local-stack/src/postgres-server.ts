import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataPath, prepareDataDirectory, readPostmaster } from './data-directory.ts';
import { claimDirectory, releaseDirectory } from './directory-claim.ts';
import { findPostgres, type PostgresPrograms } from './find-postgres.ts';
import { assertPortIsFree, findFreePort } from './free-port.ts';
import { type GuardedProcess, startGuarded } from './guarded-process.ts';
import { LocalStackError } from './local-stack-error.ts';
import { findServerUser, type ServerUser } from './server-user.ts';

export interface PostgresOptions {
  /** Holds data and socket; made when missing. The server's user must be able to enter its parents. */
  readonly directory: string;
  /** @default the embedded version */
  readonly major?: number;
  /** @default a free one */
  readonly port?: number;
  /** Password of the user `postgres`, taken when the data directory is made. @default none: local connections are trusted */
  readonly password?: string;
  /** `durable` survives a crash of the machine; `fast` only that of the server. @default 'durable' */
  readonly storage?: 'durable' | 'fast';
  /** More settings of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onLog?: (line: string) => void;
}

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly socketDirectory: string;
  /** Of the server's first process; its sessions are children of it. */
  readonly pid: number;
  /** Resolves when the server ends, for whatever reason. */
  readonly exited: Promise<number>;
  /** URL of a database, as the user `postgres`, without password. */
  url(database?: string): string;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL that accepts connections on 127.0.0.1 and ends with this process. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const directory = resolve(options.directory);
  const programs = await findPostgres(options.major === undefined ? {} : { major: options.major });
  const user = await findServerUser();
  await mkdir(directory, { recursive: true, mode: 0o711 });
  await claimDirectory(directory);
  try {
    await prepareDataDirectory({ directory, programs, user, password: options.password });
    return await launch({ ...options, directory }, programs, user);
  } catch (error) {
    await releaseDirectory(directory);
    throw error;
  }
}

const host = '127.0.0.1';

async function launch(
  options: PostgresOptions,
  programs: PostgresPrograms,
  user: ServerUser | undefined,
): Promise<PostgresServer> {
  const port = await choosePort(options.port);
  const guarded = startGuarded({
    program: join(programs.directory, 'postgres'),
    arguments: serverArguments(options, port),
    stopSignal: 'INT',
    user,
    onLog: options.onLog,
  });
  const pid = await waitUntilReady(options.directory, guarded);
  return describe({ options, guarded, port, pid, version: programs.version });
}

async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return findFreePort();
  await assertPortIsFree(wanted, 'PostgreSQL');
  return wanted;
}

const fastStorage = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

function serverArguments(options: PostgresOptions, port: number): readonly string[] {
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: options.directory,
    lc_messages: 'C',
    ...(options.storage === 'fast' ? fastStorage : {}),
    ...options.settings,
  };
  const switches = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataPath(options.directory), ...switches];
}

const startDeadlineMs = 60_000;
const pollMs = 10;

async function waitUntilReady(directory: string, guarded: GuardedProcess): Promise<number> {
  const deadline = Date.now() + startDeadlineMs;
  while (!guarded.hasExited() && Date.now() < deadline) {
    const postmaster = await readPostmaster(directory);
    if (postmaster?.isReady) return postmaster.pid;
    await sleep(pollMs);
  }
  await guarded.stop();
  throw new LocalStackError('did-not-start', { what: 'PostgreSQL', value: guarded.recentLog().join('\n') });
}

interface Running {
  readonly options: PostgresOptions;
  readonly guarded: GuardedProcess;
  readonly port: number;
  readonly pid: number;
  readonly version: string;
}

function describe({ options, guarded, port, pid, version }: Running): PostgresServer {
  return {
    host,
    port,
    version,
    socketDirectory: options.directory,
    pid,
    exited: guarded.exited,
    url: (database = 'postgres') => `postgres://postgres@${host}:${port}/${database}`,
    stop: async () => {
      await guarded.stop();
      await releaseDirectory(options.directory);
    },
  };
}
