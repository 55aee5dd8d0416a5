export type Json = string | number | boolean | null | readonly Json[] | JsonMap;
export type JsonMap = { readonly [key: string]: Json };

/** Steps from an object to one of its values: `['spec', 'containers', 0, 'image']`. */
export type Path = readonly (string | number)[];

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value at a path, or undefined where a step does not exist. */
export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce(stepInto, value);
}

/** The map at a path; an absent or different value reads as an empty map. */
export function mapAt(value: Json | undefined, ...path: Path): JsonMap {
  const found = valueAt(value, path);
  return isMap(found) ? found : {};
}

/** The list at a path; an absent or different value reads as an empty list. */
export function listAt(value: Json | undefined, ...path: Path): readonly Json[] {
  const found = valueAt(value, path);
  return isList(found) ? found : [];
}

export function textAt(value: Json | undefined, ...path: Path): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: Json | undefined, ...path: Path): number | undefined {
  const found = valueAt(value, path);
  return typeof found === 'number' ? found : undefined;
}

/** Only the entries whose value is text, as Kubernetes reads labels, annotations and selectors. */
export function textMapAt(value: Json | undefined, ...path: Path): Readonly<Record<string, string>> {
  const entries = Object.entries(mapAt(value, ...path));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function stepInto(value: Json | undefined, step: string | number): Json | undefined {
  if (typeof step === 'number') return isList(value) ? value[step] : undefined;
  return isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
