import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Values that a guard of the chart refuses. */
export interface Refusal {
  /** Name of the guard. */
  readonly guard: string;
  readonly message: string;
  readonly values: object;
}

const folder = join(import.meta.dirname, '../../../../../charts/task-api/test/guards');

/** The first refused case of each guard, from the chart's own tests. */
export async function readRefusals(): Promise<readonly Refusal[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  return Promise.all(files.map(readRefusal));
}

async function readRefusal(file: string): Promise<Refusal> {
  // The chart's tests read the same files in the same way.
  const { refused } = parse(await readFile(join(folder, file), 'utf8')) as {
    readonly refused: readonly [Omit<Refusal, 'guard'>, ...unknown[]];
  };
  const [{ message, values }] = refused;
  return { guard: file.replace(/\.yaml$/, ''), message, values };
}
