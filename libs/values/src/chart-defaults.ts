import type { Values } from './merge-values.ts';
import type { SourceText } from './source-text.ts';
import type { ValuesError } from './values-error.ts';

/** The files of `charts/` at one revision that say which values there are. */
export interface ChartSources {
  /** charts/task-api/Chart.yaml */
  readonly chart: SourceText;
  /** charts/task-api/values.yaml */
  readonly values: SourceText;
  /** charts/task-api/values.schema.json */
  readonly schema: SourceText;
  /** charts/mirror/<name>/values.schema.json of each dependency, by the dependency's name. */
  readonly dependencies: Readonly<Record<string, SourceText>>;
}

/** A chart's values at one revision, parsed once for all environments that use it. */
export interface ChartDefaults {
  readonly appVersion: string;
  readonly values: Values;
  readonly source: SourceText;
  /** Mistakes in what one layer says: unknown keys, wrong types, values out of range. */
  readonly checkLayer: (values: Values) => readonly ValuesError[];
  /** Mistakes in the values as Helm will see them, such as a missing key. */
  readonly checkMerged: (values: Values) => readonly ValuesError[];
}

/** @throws ValuesError when a file is not what its name says */
export function parseChart(_sources: ChartSources): ChartDefaults {
  throw new Error('not yet');
}
