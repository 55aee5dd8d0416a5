import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort, startGuarded } from '@task-api/local-stack';
import { BenchError } from '../bench-error.ts';

export interface ServerCommand {
  /** What it is called where it is talked about. */
  readonly what: string;
  /** Arguments of Node, for a server that is to listen on this port of 127.0.0.1. */
  readonly arguments: (port: number) => readonly string[];
  readonly env?: (port: number) => Readonly<Record<string, string>>;
  /** Asked until it answers 200. @default ready as soon as the port accepts */
  readonly readyPath?: string;
}

export interface ServerProcess {
  readonly what: string;
  readonly port: number;
  /** Root of everything whose processor time is the server's. */
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const startDeadlineMs = 60_000;
const pollMs = 20;

/** Starts a server that ends with this process, and waits until it answers. */
export async function startServerProcess(command: ServerCommand): Promise<ServerProcess> {
  const port = await findFreePort();
  const child = startGuarded({
    program: process.execPath,
    arguments: command.arguments(port),
    stopSignal: 'TERM',
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...command.env?.(port) },
  });
  const isReady = command.readyPath === undefined ? accepts : answers(command.readyPath);
  const deadlineMs = performance.now() + startDeadlineMs;
  while (!(await isReady(port))) {
    if (child.hasExited() || performance.now() > deadlineMs)
      throw new BenchError('did-not-start', { what: command.what, value: child.recentLog().join('\n') });
    await sleep(pollMs);
  }
  return { what: command.what, port, pid: child.pid, url: `http://${host}:${port}`, stop: () => child.stop() };
}

function answers(path: string): (port: number) => Promise<boolean> {
  return (port) =>
    fetch(`http://${host}:${port}${path}`).then(
      ({ status }) => status === 200,
      () => false,
    );
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
