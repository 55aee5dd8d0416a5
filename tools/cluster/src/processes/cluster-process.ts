import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { clusterLayout, clusterName } from '../cluster-layout.ts';

/** A program of the cluster. It outlives the command that starts it. */
export interface ClusterProcess {
  /** Names the log as well: `etcd`, `node1-kubelet`. */
  readonly name: string;
  readonly command: readonly string[];
}

/** Names of variables by which programs of a cluster are known again, whoever started them and however that ended. */
export const markers = { cluster: 'TASK_API_CLUSTER', process: 'TASK_API_CLUSTER_PROCESS' } as const;

/** The mark of a program of the cluster, or of one that works on it, so that `down` ends it too. */
export function markersOf(name: string): Readonly<Record<string, string>> {
  return { [markers.cluster]: clusterName, [markers.process]: name };
}

/** For programs in Go, whose default is 100: the machine has more memory to spare than processor time. */
export const goEnvironment = { GOGC: '400' } as const;

/** Starts a program in a session of its own, marked, with its output in its log. */
export function startProcess({ name, command }: ClusterProcess): number {
  const [program = '', ...args] = command;
  const log = openSync(logOf(name), 'a');
  const env = { PATH: process.env.PATH, HOME: '/root', ...goEnvironment, ...markersOf(name) };
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], env, cwd: '/' });
  closeSync(log);
  // A program that cannot be started is noticed by whoever waits for it; its log stays empty.
  child.on('error', () => undefined);
  child.unref();
  return child.pid ?? 0;
}

export function logOf(name: string): string {
  return join(clusterLayout.logs, `${name}.log`);
}
