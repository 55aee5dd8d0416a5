import type { Value } from './merge-values.ts';
import { childrenOf, type ValuePath } from './value-path.ts';

/** A text, number, truth value or null, and where it stands. */
export interface Leaf {
  readonly path: ValuePath;
  readonly value: string | number | boolean | null;
}

/** Every scalar inside a value, in order; the places of lists are keys like any other. */
export function leavesOf(value: Value, path: ValuePath = []): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return childrenOf(value).flatMap(([key, child]) => leavesOf(child, [...path, key]));
}
