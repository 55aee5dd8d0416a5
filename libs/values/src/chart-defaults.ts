import type { ValidateFunction } from 'ajv';
import { builderSchema, type JsonSchema, layerSchema } from './builder-schema.ts';
import { compileSchema } from './compile-schema.ts';
import type { DependentChart } from './merge-chart-values.ts';
import type { Values } from './merge-values.ts';
import type { Problem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import type { SourceText } from './source-text.ts';
import { ValuesError } from './values-error.ts';
import { readYaml } from './yaml-text.ts';

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
export interface ChartDefaults extends DependentChart {
  /** The image tag that the chart deploys when nobody says another. */
  readonly appVersion: string;
  readonly values: Values;
  /** values.yaml. */
  readonly source: SourceText;
  readonly checks: SchemaChecks;
}

/** What the chart's schema, narrowed by those of the dependencies, has against values. */
export interface SchemaChecks {
  /** Mistakes in what one layer says: unknown keys, wrong types, values out of range. */
  readonly ofLayer: (values: Values) => readonly Problem[];
  /** Mistakes in the values as Helm will see them, such as a missing key. */
  readonly ofMerged: (values: Values) => readonly Problem[];
}

/** @throws ValuesError `malformed-yaml` when a file cannot be read */
export function parseChart(sources: ChartSources): ChartDefaults {
  return {
    appVersion: String(readYaml(sources.chart).values.appVersion ?? ''),
    values: readYaml(sources.values).values,
    // The lane decides a dependency's own defaults, so the builder counts on none of them.
    dependencies: mapEntries(sources.dependencies, () => ({})),
    source: sources.values,
    checks: checksOf(sources),
  };
}

// Most revisions of a chart have the same schemas, and compiling them is the slow part.
const knownChecks = new Map<string, SchemaChecks>();

function checksOf({ schema, dependencies }: ChartSources): SchemaChecks {
  const key = JSON.stringify([schema, dependencies]);
  const checks =
    knownChecks.get(key) ?? createChecks(builderSchema(parseSchema(schema), mapEntries(dependencies, parseSchema)));
  knownChecks.set(key, checks);
  return checks;
}

function createChecks(schema: JsonSchema): SchemaChecks {
  return { ofLayer: checkAgainst(() => layerSchema(schema)), ofMerged: checkAgainst(() => schema) };
}

/** Compiles at the first use: most commands check no layer by itself. */
function checkAgainst(schemaOf: () => JsonSchema): (values: Values) => readonly Problem[] {
  let validate: ValidateFunction | undefined;
  return (values) => {
    validate ??= compileSchema(schemaOf());
    return schemaProblems(validate, values, 'values');
  };
}

function parseSchema({ file, text }: SourceText): JsonSchema {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ValuesError(
      'malformed-yaml',
      { path: file, value: cause instanceof Error ? cause.message : cause, file },
      { cause },
    );
  }
}

function mapEntries<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
