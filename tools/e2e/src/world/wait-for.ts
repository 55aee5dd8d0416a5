import { setTimeout as pause } from 'node:timers/promises';
import { E2eError } from '../e2e-error.ts';
import type { NamespaceRecord, NamespaceState } from '../recorder/namespace-record.ts';
import { describeState } from './describe-state.ts';

export interface WaitOptions {
  /** @default four minutes */
  readonly timeoutMs?: number;
  /** What to say of the present when the wait was in vain. @default the pods and their states */
  readonly lastSeen?: (state: NamespaceState) => string;
}

interface Waiting {
  readonly record: NamespaceRecord;
  readonly signal: AbortSignal;
}

export const defaultWaitMs = 240_000;

/** Waits until `read` finds a value in the recorded state; asked again at each change and never by the clock. */
export async function waitFor<Value>(
  what: string,
  read: (state: NamespaceState) => Value | undefined | false,
  { record, signal, timeoutMs = defaultWaitMs, lastSeen = describeState }: WaitOptions & Waiting,
): Promise<Value> {
  const found = Promise.withResolvers<Value>();
  const look = () => {
    const value = tryRead(read, record, found.reject);
    if (value !== undefined && value !== false) found.resolve(value);
  };
  const giveUp = () =>
    found.reject(new E2eError('deadline', { what, value: seconds(timeoutMs), detail: lastSeen(record) }));
  const stop = () => found.reject(new E2eError('stopped', { what }, { cause: signal.reason }));
  const forget = record.onChange(look);
  const timer = setTimeout(giveUp, timeoutMs);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  look();
  try {
    return await found.promise;
  } finally {
    forget();
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** A mistake in a scenario ends its wait and not the recorder. */
function tryRead<Value>(
  read: (state: NamespaceState) => Value | undefined | false,
  record: NamespaceRecord,
  reject: (error: unknown) => void,
): Value | undefined | false {
  try {
    return read(record);
  } catch (error) {
    reject(error);
    return undefined;
  }
}

const attemptPauseMs = 200;

/** Repeats what can only be asked for (an answer of the agent, a file) until it does not throw. */
export async function eventually<Value>(
  what: string,
  attempt: () => Promise<Value>,
  { signal, timeoutMs = defaultWaitMs }: { readonly signal: AbortSignal; readonly timeoutMs?: number },
): Promise<Value> {
  const endsAtMs = Date.now() + timeoutMs;
  for (;;) {
    if (signal.aborted) throw new E2eError('stopped', { what }, { cause: signal.reason });
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > endsAtMs)
        throw new E2eError('deadline', { what, value: seconds(timeoutMs), detail: messageOf(cause) }, { cause });
    }
    await pause(attemptPauseMs);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
