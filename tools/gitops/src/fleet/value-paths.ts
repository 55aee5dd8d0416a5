import type { Layer, Value, Values } from '@task-api/values';

/** Every dotted path of the values, maps before what they hold; lists count as one value. */
export function pathsOf(values: Values, prefix = ''): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return isMap(value) ? [path, ...pathsOf(value, path)] : [path];
  });
}

/** The paths of all single values that a layer above the chart's defaults sets, sorted. */
export function overlaidPaths(layers: readonly Layer[]): readonly string[] {
  const paths = layers.filter(({ name }) => name !== 'chart default').flatMap(({ values }) => leavesOf(values));
  return [...new Set(paths)].sort();
}

function leavesOf(values: Values): readonly string[] {
  const paths = pathsOf(values);
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
}

function isMap(value: Value): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
