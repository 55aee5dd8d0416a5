import fc from 'fast-check';
import { isList, isMap, type Json, type Path } from '../src/json.ts';

/** A value with one of its inner values replaced, removed or given another key. */
export function changedSomewhere(value: Json): fc.Arbitrary<Json> {
  return fc.tuple(fc.constantFrom(...pathsIn(value)), change).map(([path, replace]) => changeAt(value, path, replace));
}

/** Kubernetes reads null as absent; JSON Schema does not. */
export function withoutNulls(value: Json): Json {
  if (isList(value)) return value.map(withoutNulls);
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

type Entry = readonly [string, Json];
type Change = (key: string, value: Json) => readonly Entry[];

const replacement: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    0,
    -1,
    1.5,
    80,
    5_000_000_000,
    true,
    '',
    'text',
    '25%',
    '500m',
    'Always',
    [],
    {},
    ['text'],
    { key: 'text' },
    [{}],
  ),
  fc.string(),
  fc.integer(),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  replacement.map(
    (value): Change =>
      (key) => [[key, value]],
  ),
  fc.constant<Change>(() => []),
  fc.constant<Change>((key, value) => [[`${key}x`, value]]),
  replacement.map(
    (added): Change =>
      (key, value) => [
        [key, value],
        ['added', added],
      ],
  ),
);

function pathsIn(value: Json): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const steps = isList(value) ? [...value.keys()] : Object.keys(value);
  return steps.flatMap((step) => [[step], ...pathsIn(child(value, step)).map((rest) => [step, ...rest])]);
}

function child(value: Json, step: string | number): Json {
  if (typeof step === 'number') return isList(value) ? (value[step] ?? null) : null;
  return isMap(value) ? (value[step] ?? null) : null;
}

/** Items of a list have their place for a key, which counts for nothing. */
function changeAt(value: Json, [step, ...rest]: Path, replace: Change): Json {
  const apply = (key: string | number, inner: Json): readonly Entry[] => {
    if (key !== step) return [[String(key), inner]];
    return rest.length === 0 ? replace(String(key), inner) : [[String(key), changeAt(inner, rest, replace)]];
  };
  if (isList(value)) return value.flatMap((inner, index) => apply(index, inner).map(([, changed]) => changed));
  return isMap(value) ? Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => apply(key, inner))) : value;
}
