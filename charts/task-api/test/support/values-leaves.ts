import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Values } from './task-api-chart.ts';

/** One value of values.yaml: a scalar, a list, or a map that is empty by default. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Every leaf of a values file, in its order. */
export function leavesOf(directory: string): readonly Leaf[] {
  return walk(parse(readFileSync(join(directory, 'values.yaml'), 'utf8')), []);
}

/** `{ a: { b: value } }` for the path a, b. */
export function nest(path: readonly string[], value: unknown): Values {
  const [first = '', ...rest] = path;
  return { [first]: rest.length === 0 ? value : nest(rest, value) };
}

function walk(value: unknown, path: readonly string[]): readonly Leaf[] {
  if (!isMap(value) || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([key, child]) => walk(child, [...path, key]));
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
