import { isMap, mergeFiles, mergeValues, ownValue, type Value, type Values } from './merge-values.ts';

/** A chart's values.yaml and those of its enabled dependencies, by the dependency's name. */
export interface DependentChart {
  readonly values: Values;
  readonly dependencies: Readonly<Record<string, Values>>;
}

/**
 * {@link mergeValues} for a chart with dependencies. A dependency's table takes three kinds of defaults:
 * its own values.yaml, what the parent's values.yaml says over it, and the files; `null` survives until
 * the dependency's own defaults are known, so that it can delete one of them. A dependency whose table is
 * `null` gets its own defaults. Helm's copy of `global` into each table is left out.
 *
 * @example
 * mergeChartValues({ values: { db: { size: 2 } }, dependencies: { db: { size: 1, port: 5432 } } }, { db: { port: null } })
 * // { db: { size: 2 } }
 */
export function mergeChartValues(chart: DependentChart, ...files: readonly Values[]): Values {
  const user = mergeFiles(...files);
  const tables = Object.entries(chart.dependencies).map(([name, defaults]) => {
    return [name, dependencyValues(defaults, ownValue(chart.values, name), ownValue(user, name))] as const;
  });
  return { ...mergeValues(chart.values, user), ...Object.fromEntries(tables) };
}

/** The dependency's defaults come twice: Helm copies them into the parent's before it looks at the files. */
function dependencyValues(defaults: Values, parent: Value | undefined, user: Value | undefined): Values {
  return user === null ? mergeValues(defaults) : mergeValues(defaults, defaults, table(parent), table(user));
}

function table(value: Value | undefined): Values {
  return isMap(value) ? value : {};
}
