import { setTimeout as delay } from 'node:timers/promises';
import { ClusterError } from './cluster-error.ts';
import { logOf } from './processes/cluster-process.ts';

export interface Wait {
  /** What is waited for, as an error would name it. */
  readonly what: string;
  /** Name of the program whose log tells why it did not come. */
  readonly log: string;
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
}

/** Asks again and again until the answer is yes. */
export async function waitUntil(isDone: () => Promise<boolean>, wait: Wait): Promise<void> {
  const { what, log, timeoutMs = 60_000, intervalMs = 100 } = wait;
  const deadline = Date.now() + timeoutMs;
  while (!(await isDone())) {
    if (Date.now() > deadline)
      throw new ClusterError('not-ready', { what, value: Math.round(timeoutMs / 1000), path: logOf(log) });
    await delay(intervalMs);
  }
}
