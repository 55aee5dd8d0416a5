import { mkdir, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;
const heartbeatMs = 2_000;
/** A holder that has not shown a sign of life for this long was killed. */
const staleMs = 10_000;

/**
 * Runs the work while no other process does the same, so that a download happens once.
 * The lock is a directory; that of a process that was killed is taken over.
 */
export async function exclusively<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
  await acquire(lock);
  const heartbeat = setInterval(() => void touch(lock), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(lock, { recursive: true, force: true });
  }
}

async function acquire(lock: string): Promise<void> {
  while (!(await create(lock))) {
    if (await isStale(lock)) await rm(lock, { recursive: true, force: true });
    else await sleep(pollMs);
  }
}

async function create(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false; // Node's fs rejects with errno errors only.
    throw error;
  }
}

async function isStale(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > staleMs;
}

async function touch(lock: string): Promise<void> {
  await utimes(lock, new Date(), new Date()).catch(() => undefined);
}
