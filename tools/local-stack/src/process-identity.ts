import { readFileSync } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';

/** A process id is reused after its process has ended; id and start time together are not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In clock ticks since the machine started; 0 where the system does not tell. */
  readonly startedTicks: number;
}

export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (!isAlive(pid)) return undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The program's name, in parentheses, may contain blanks; the 20th field after it is the start time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid, startedTicks: Number(fields[19] ?? 0) };
}

export async function isSameProcess(identity: ProcessIdentity): Promise<boolean> {
  const current = await identifyProcess(identity.pid);
  return current?.startedTicks === identity.startedTicks;
}

/** The process's working directory, by which PostgreSQL is known: it always works in its data directory. */
export async function workingDirectoryOf(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}

/** A process that has ended stays in the table until its parent asks, which process 1 of a container may never do. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}
