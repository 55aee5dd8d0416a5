import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PostgresPrograms } from './find-postgres.ts';
import { LocalStackError } from './local-stack-error.ts';
import { isAlive, workingDirectoryOf } from './process-identity.ts';
import type { ServerUser } from './server-user.ts';

export interface DataDirectory {
  /** Holds the data and the socket; the server's user can enter it. */
  readonly directory: string;
  readonly programs: PostgresPrograms;
  readonly user: ServerUser | undefined;
  /** Password of the user `postgres`; without one, every local connection is trusted. */
  readonly password?: string | undefined;
}

export const dataPath = (directory: string): string => join(directory, 'data');
const draftPath = (directory: string): string => join(directory, 'data.new');

/** Leaves a data directory that the server can start in: made new, or freed of what a crashed server left. */
export async function prepareDataDirectory(target: DataDirectory): Promise<void> {
  if (target.user !== undefined) await assertEnterable(dirname(target.directory), target.user);
  const version = await readVersion(target.directory);
  if (version === undefined) return initialise(target);
  const { major } = target.programs;
  if (version !== major) {
    throw new LocalStackError('wrong-version', { path: target.directory, value: version, allowed: String(major) });
  }
  await stopAbandonedServer(target.directory);
}

const othersMayEnter = 0o001;

async function assertEnterable(path: string, user: ServerUser): Promise<void> {
  const { mode, uid } = await stat(path);
  if ((mode & othersMayEnter) === 0 && uid !== user.uid)
    throw new LocalStackError('not-enterable', { path, value: user.uid });
  if (dirname(path) !== path) await assertEnterable(dirname(path), user);
}

async function readVersion(directory: string): Promise<number | undefined> {
  const text = await readFile(join(dataPath(directory), 'PG_VERSION'), 'utf8').catch(() => '');
  return text === '' ? undefined : Number(text);
}

/** Under another name until it is whole: whoever is killed in between leaves nothing that looks like a data directory. */
async function initialise(target: DataDirectory): Promise<void> {
  const draft = draftPath(target.directory);
  for (const path of [draft, dataPath(target.directory)]) await rm(path, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await giveTo(target.user, draft, target.directory);
  await chmod(target.directory, 0o711);
  const passwordArguments = await writePasswordFile(target);
  try {
    await runInitdb(target, passwordArguments);
    await rename(draft, dataPath(target.directory));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw new LocalStackError('did-not-start', { what: 'initdb', value: String(error) }, { cause: error });
  } finally {
    await rm(passwordPath(target.directory), { force: true });
  }
}

async function runInitdb({ directory, programs, user }: DataDirectory, extra: readonly string[]): Promise<void> {
  const fixed = ['--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  const options = { cwd: '/', ...user };
  await promisify(execFile)(
    join(programs.directory, 'initdb'),
    ['-D', draftPath(directory), ...fixed, ...extra],
    options,
  );
}

const passwordPath = (directory: string): string => join(directory, 'password');

async function writePasswordFile({ directory, password, user }: DataDirectory): Promise<readonly string[]> {
  if (password === undefined) return ['--auth=trust'];
  const path = passwordPath(directory);
  await writeFile(path, password, { mode: 0o600 });
  await giveTo(user, path);
  return ['--auth=scram-sha-256', `--pwfile=${path}`];
}

async function giveTo(user: ServerUser | undefined, ...paths: readonly string[]): Promise<void> {
  if (user !== undefined) for (const path of paths) await chown(path, user.uid, user.gid);
}

/** First line of postmaster.pid: the process id; eighth: `ready` once connections are accepted. */
export async function readPostmaster(directory: string): Promise<{ pid: number; isReady: boolean } | undefined> {
  const text = await readFile(join(dataPath(directory), 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return text === '' ? undefined : { pid: Number(lines[0]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Stops the server that a killed launcher left behind. Where the recorded id belongs to another program by now,
 * PostgreSQL would refuse to start, so the record is removed.
 */
async function stopAbandonedServer(directory: string): Promise<void> {
  const postmaster = await readPostmaster(directory);
  if (postmaster === undefined) return;
  const data = await realpath(dataPath(directory));
  if ((await workingDirectoryOf(postmaster.pid)) === data) return stopServer(postmaster.pid);
  await rm(join(data, 'postmaster.pid'), { force: true });
}

const stopDeadlineMs = 10_000;
const pollMs = 20;

/** Fast shutdown by the recorded id; an immediate one when that takes too long. */
async function stopServer(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + stopDeadlineMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGQUIT');
    await sleep(pollMs);
  }
}
