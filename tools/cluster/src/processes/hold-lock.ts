import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';

/** A lock that the kernel takes back when its holder ends, however that happens. */
export interface Lock {
  release(): Promise<void>;
}

export interface LockRequest {
  /** Stays there: a lock file that is removed can be held twice. */
  readonly file: string;
  /** Whether to wait for whoever holds it. @default false */
  readonly waits?: boolean;
}

/** Takes a lock; undefined when somebody else holds it. */
export async function holdLock({ file, waits = false }: LockRequest): Promise<Lock | undefined> {
  const patience = waits ? [] : ['--nonblock'];
  const command = [...patience, file, 'sh', '-c', 'echo held && exec cat'];
  // In a session of its own: Ctrl-C must not take the lock away from a program that is still cleaning up.
  const holder = spawn('flock', command, { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const ended = once(holder, 'close').then(() => false);
  const isHeld = await Promise.race([once(holder.stdout, 'data').then(() => true), ended]);
  if (!isHeld) return undefined;
  writeFileSync(file, `${process.pid}\n`);
  return {
    async release() {
      holder.stdin.end();
      await ended;
    },
  };
}

/** The id of the process that holds a lock, as far as it has said so. */
export function holderOf(file: string): string {
  return readFileSync(file, 'utf8').trim() || 'another process';
}
