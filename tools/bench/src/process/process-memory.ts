import { readFileSync } from 'node:fs';
import { BenchError } from '../bench-error.ts';

export interface ProcessMemory {
  /** Everything that is resident, shared pages included. */
  readonly rssBytes: number;
  /** The same with shared pages divided among those who share them. */
  readonly pssBytes: number;
}

/** What one process occupies now. */
export function processMemory(pid: number): ProcessMemory {
  const path = `/proc/${pid}/smaps_rollup`;
  try {
    const text = readFileSync(path, 'latin1');
    return { rssBytes: bytesOf(text, 'Rss'), pssBytes: bytesOf(text, 'Pss') };
  } catch (cause) {
    throw new BenchError('no-process-facts', { value: pid, allowed: path }, { cause });
  }
}

function bytesOf(text: string, field: string): number {
  return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]);
}
