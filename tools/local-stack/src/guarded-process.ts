import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerUser } from './server-user.ts';

export interface GuardedCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  /** What asks the program to stop in good order. */
  readonly stopSignal: 'INT' | 'TERM';
  readonly user?: ServerUser | undefined;
  readonly env?: NodeJS.ProcessEnv;
  readonly onLog?: ((line: string) => void) | undefined;
}

export interface GuardedProcess {
  /** Of the guard, which leads the program's process group. */
  readonly pid: number;
  /** Resolves with the program's exit code. */
  readonly exited: Promise<number>;
  hasExited(): boolean;
  /** The last lines that the program printed. */
  recentLog(): readonly string[];
  /** Asks the program to stop and waits until it has; kills it when it has not by then. */
  stop(deadlineMs?: number): Promise<void>;
}

/**
 * The shell stands between us and the program and stops it when its standard input closes, which happens however we
 * end, also by SIGKILL. Both run in a session of their own, so Ctrl-C at the terminal does not reach the program
 * before those who still use it are done.
 */
const guard = `
signal=$1; shift
"$@" </dev/null & child=$!
exec 3<&0
{ read -r _ <&3; kill -"$signal" "$child"; } 2>/dev/null & reader=$!
wait "$child" 2>/dev/null; code=$?
kill "$reader" 2>/dev/null
exit "$code"
`;

/** Starts a program that does not outlive this process. */
export function startGuarded(command: GuardedCommand): GuardedProcess {
  const child = spawn('/bin/sh', ['-c', guard, 'guard', command.stopSignal, command.program, ...command.arguments], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: '/',
    env: command.env ?? process.env,
    ...command.user,
  });
  const recent = collectLog(child, command.onLog);
  const exited = once(child, 'exit').then(([code]) => Number(code ?? 1));
  return {
    pid: child.pid ?? 0,
    exited,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    recentLog: () => recent,
    stop: (deadlineMs = 10_000) => stop(child, exited, deadlineMs),
  };
}

const recentLines = 20;

function collectLog(child: ChildProcess, onLog: GuardedCommand['onLog']): readonly string[] {
  const recent: string[] = [];
  const keep = (line: string) => {
    recent.push(line);
    if (recent.length > recentLines) recent.shift();
    onLog?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) readLines(stream, keep);
  return recent;
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', onLine);
}

async function stop(child: ChildProcess, exited: Promise<number>, deadlineMs: number): Promise<void> {
  child.stdin?.end();
  const deadline = new AbortController();
  const timeout = sleep(deadlineMs, 'late', { signal: deadline.signal }).catch(() => 'ended');
  const outcome = await Promise.race([exited, timeout]);
  deadline.abort();
  if (outcome === 'late') killGroup(child);
  await exited;
}

function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
}
