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
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => describeProcess(Number(entry)));
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
