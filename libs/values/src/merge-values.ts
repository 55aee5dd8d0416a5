/** Anything that a values file can hold. */
export type Value = string | number | boolean | null | readonly Value[] | Values;

/** A values file, or a map inside one. */
export type Values = { readonly [key: string]: Value };

/**
 * What `helm template CHART -f file1 -f file2 …` sees as `.Values`: the first layer is the chart's
 * values.yaml, the others are values files, later ones over earlier ones. Maps merge key by key, lists
 * and scalars are replaced whole, `null` deletes what the chart set. Inputs are left unchanged.
 *
 * Finer points, proved against Helm itself by the property test: among files `null` is a value like any
 * other, so a map in a later file brings the chart's keys back; `null` for a key that the chart does not
 * set stays `null`; a map over a scalar and a scalar over a map both win.
 *
 * @example mergeValues({ a: { b: 1, c: 2 } }, { a: { b: null } }) // { a: { c: 2 } }
 */
export function mergeValues(chart: Values, ...files: readonly Values[]): Values {
  const user = mergeFiles(...files);
  const merged = Object.entries(overDefaults(chart, user));
  return Object.fromEntries(merged.filter(([key]) => !isNullOverNull(chart, user, key)));
}

/** What Helm makes of several `-f` files before it looks at the chart: later files win and `null` stays. */
export function mergeFiles(...files: readonly Values[]): Values {
  return files.reduce(mergeFile, {});
}

/** Whether a value is a map, which merges, and not a list or scalar, which is replaced. */
export function isMap(value: Value | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a key that the map itself has: `constructor` of an empty map is undefined. */
export function ownValue(values: Values, key: string): Value | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function mergeFile(base: Values, file: Values): Values {
  const merged = Object.entries(file).map(([key, value]) => [key, mergeFileValue(ownValue(base, key), value)] as const);
  return Object.fromEntries([...Object.entries(base), ...merged]);
}

function mergeFileValue(base: Value | undefined, value: Value): Value {
  return isMap(base) && isMap(value) ? mergeFile(base, value) : value;
}

function overDefaults(defaults: Values, user: Values): Values {
  const keys = new Set([...Object.keys(defaults), ...Object.keys(user)]);
  return Object.fromEntries([...keys].flatMap((key) => overDefault(key, ownValue(defaults, key), ownValue(user, key))));
}

function overDefault(key: string, standard: Value | undefined, value: Value | undefined): readonly [string, Value][] {
  if (value === undefined) return standard === undefined ? [] : [[key, standard]];
  if (value === null) return isSet(standard) ? [] : [[key, null]];
  return [[key, isMap(standard) && isMap(value) ? overDefaults(standard, value) : value]];
}

function isSet(standard: Value | undefined): boolean {
  return standard !== undefined && standard !== null;
}

/** At the root, and only there, Helm 4 removes a `null` that the chart itself had set to `null`. */
function isNullOverNull(chart: Values, user: Values, key: string): boolean {
  return ownValue(chart, key) === null && ownValue(user, key) === null;
}
