import type { ChartDefaults } from './chart-defaults.ts';
import type { Environment } from './environment.ts';
import type { Value, Values } from './merge-values.ts';
import type { SourceText } from './source-text.ts';

/** One of the places that values come from, in the order in which Helm lays them over each other. */
export interface Layer {
  readonly name: 'chart default' | 'tier' | 'environment' | 'release';
  readonly values: Values;
  readonly source: SourceText;
  /** Where the values begin in the file: `['prod']` of tiers.ts, `['values']` of environment.ts. */
  readonly root: readonly string[];
}

/** One layer's say about a path. */
export interface ProvenanceStep {
  readonly layer: Layer['name'];
  readonly value: Value;
  readonly file: string;
  /** From 1; undefined when the file does not spell the path out. */
  readonly line: number | undefined;
}

/**
 * The layers of an environment, weakest first. `tiers` is the text of this package's tiers.ts, which
 * only {@link explainValue} needs.
 */
export function layersOf(_environment: Environment, _chart: ChartDefaults, _tiers?: SourceText): readonly Layer[] {
  throw new Error('not yet');
}

/** The layers that set a path such as `resources.requests.cpu`, weakest first; the last one wins. */
export function explainValue(_layers: readonly Layer[], _path: string): readonly ProvenanceStep[] {
  throw new Error('not yet');
}
