import { isMap, ownValue, type Value, type Values } from './merge-values.ts';

/** The keys that lead to a value, outermost first; the places of a list are `0`, `1`, … */
export type ValuePath = readonly string[];

/**
 * Reads a path as Helm's `--set` writes it: keys with dots between them, a dot of a key behind a backslash.
 *
 * @example parsePath('ingress.hosts[0].host') // ['ingress', 'hosts', '0', 'host']
 * @example parsePath('podAnnotations.prometheus\\.io/scrape') // ['podAnnotations', 'prometheus.io/scrape']
 */
export function parsePath(text: string): ValuePath {
  const parts = text.replaceAll(/\[(\d+)\]/g, '.$1').match(/(?:\\.|[^.\\])+/g) ?? [];
  return parts.map((part) => part.replaceAll(/\\(.)/g, '$1'));
}

/** The opposite of {@link parsePath}. */
export function formatPath(path: ValuePath): string {
  return path.map((key, index) => formatKey(key, index)).join('');
}

/** The value at a path; undefined when there is none. */
export function valueAt(values: Value, path: ValuePath): Value | undefined {
  return path.reduce<Value | undefined>((value, key) => childOf(value, key), values);
}

/** The entries of a map or list, keyed as paths name them; none of a scalar. */
export function childrenOf(value: Value): readonly (readonly [string, Value])[] {
  return isMap(value) || Array.isArray(value) ? Object.entries<Value>(value as Values) : []; // a list's keys are its places
}

function childOf(value: Value | undefined, key: string): Value | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isMap(value) ? ownValue(value, key) : undefined;
}

function formatKey(key: string, index: number): string {
  if (/^\d+$/.test(key) && index > 0) return `[${key}]`;
  return `${index > 0 ? '.' : ''}${key.replaceAll(/[.\\]/g, '\\$&')}`;
}
