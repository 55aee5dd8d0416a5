import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import type { Values } from './task-api-chart.ts';

/** What one rule refuses and the nearest values that it accepts. */
export interface RuleCases {
  readonly rule: string;
  readonly refused: readonly RefusedCase[];
  readonly accepted: readonly Values[];
}

export interface RefusedCase {
  readonly values: Values;
  /** Part of a guard's message. */
  readonly message?: string;
  /** The value that the schema rejects. */
  readonly path?: string;
}

/** The cases of a folder beside the tests: one file for each rule, named for it. */
export function readCases(folder: 'guards' | 'schema'): readonly RuleCases[] {
  const directory = join(import.meta.dirname, '..', folder);
  return readdirSync(directory).map((file) => ({
    rule: basename(file, '.yaml'),
    ...(parse(readFileSync(join(directory, file), 'utf8')) as Omit<RuleCases, 'rule'>), // our own files
  }));
}
