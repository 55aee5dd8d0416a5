import { setTimeout as pause } from 'node:timers/promises';
import { E2eError } from '../e2e-error.ts';
import type { Kubectl } from '../world/kubectl.ts';
import type { Acknowledged, LoadLine } from './program/load-report.ts';

/** How far a load has come, by its newest line. */
export interface Progress {
  readonly requests: number;
  readonly failed: number;
  readonly acknowledged: Acknowledged;
}

export interface ProgressFollower {
  readonly now: () => Progress;
  reached(requests: number): Promise<void>;
}

const none: Progress = { requests: 0, failed: 0, acknowledged: { tasks: 0, runs: 0 } };
/** No load makes requests faster. */
const leastIntervalMs = 10;
const soonestMs = 500;
const latestMs = 10_000;
/** A load that makes no request for so long is stuck. */
const standstillMs = 60_000;

/** Reads the newest line of the load's log now and then: a followed log would end with the node that it comes through. */
export function followProgress(pod: string, kubectl: Kubectl, signal: AbortSignal): ProgressFollower {
  let newest = none;
  const read = async () => {
    const { stdout } = await kubectl(['logs', pod, '--tail=1'], { signal });
    newest = progressIn(stdout) ?? newest;
    return newest;
  };
  return { now: () => newest, reached: (requests) => waitUntilReached(requests, { pod, read, signal }) };
}

interface Reading {
  readonly pod: string;
  readonly read: () => Promise<Progress>;
  readonly signal: AbortSignal;
}

async function waitUntilReached(requests: number, { pod, read, signal }: Reading): Promise<void> {
  const what = `${requests} requests of ${pod}`;
  let progress = await read();
  let movedAtMs = Date.now();
  while (progress.requests < requests) {
    if (signal.aborted) throw new E2eError('stopped', { what }, { cause: signal.reason });
    await pause(readAgainMs(requests - progress.requests), undefined, { signal }).catch(() => undefined);
    const next = await read();
    if (next.requests > progress.requests) movedAtMs = Date.now();
    if (Date.now() - movedAtMs > standstillMs) throw standstill(what, next);
    progress = next;
  }
}

/** Each reading starts a program: the more requests are missing, the fewer of them. */
function readAgainMs(missing: number): number {
  return Math.min(latestMs, Math.max(soonestMs, missing * leastIntervalMs));
}

function standstill(what: string, { requests }: Progress): E2eError {
  return new E2eError('deadline', { what, value: `${standstillMs / 1000} s`, detail: `${requests} requests, no more` });
}

function progressIn(text: string): Progress | undefined {
  if (!text.startsWith('{"type":"progress"')) return undefined;
  const line: LoadLine = JSON.parse(text);
  return line.type === 'progress' ? line : undefined;
}
