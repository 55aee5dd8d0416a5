import type { ValuePath } from './value-path.ts';
import type { ValuesRule } from './values-error.ts';

/** A mistake before it is known in which file and line it was made. */
export interface Problem {
  readonly rule: ValuesRule;
  /** What the path is a path of: the input of environment.ts, the merged values, or release.yaml. */
  readonly scope: 'input' | 'values' | 'release';
  readonly path: ValuePath;
  readonly value?: unknown;
  readonly allowed?: string | undefined;
  readonly hint?: string | undefined;
}
