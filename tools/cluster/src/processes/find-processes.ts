import { readdirSync, readFileSync } from 'node:fs';
import { clusterName } from '../cluster-layout.ts';
import { markers } from './cluster-process.ts';

export interface FoundProcess {
  readonly pid: number;
  /** The name that the program was started under; its children have it as well. */
  readonly name: string;
  /** The program itself, at most 15 characters of it. */
  readonly program: string;
}

/** All programs of the cluster and their children, found by the variables they were started with. */
export function findProcesses(): readonly FoundProcess[] {
  return listProcessIds().flatMap(describeProcess);
}

/**
 * Programs whose command line names one of the paths, whatever they were started with: what a mark was lost on.
 * Without this process and its parent.
 */
export function findProcessesNaming(paths: readonly string[]): readonly FoundProcess[] {
  return listProcessIds()
    .filter((pid) => pid !== process.pid && pid !== process.ppid)
    .map((pid) => ({ pid, line: readOrNothing(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }))
    .filter(({ line }) => paths.some((path) => line.includes(path)))
    .map(({ pid, line }) => ({ pid, name: line.trim(), program: readOrNothing(`/proc/${pid}/comm`).trim() }));
}

function listProcessIds(): readonly number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
}

function describeProcess(pid: number): readonly FoundProcess[] {
  const variables = readOrNothing(`/proc/${pid}/environ`).split('\0');
  if (!variables.includes(`${markers.cluster}=${clusterName}`)) return [];
  const prefix = `${markers.process}=`;
  const name = variables.find((variable) => variable.startsWith(prefix))?.slice(prefix.length) ?? '';
  return [{ pid, name, program: readOrNothing(`/proc/${pid}/comm`).trim() }];
}

/** A process may end between the listing and the look at it. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
