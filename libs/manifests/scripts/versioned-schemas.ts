import type { Json } from '../src/json.ts';
import type { SchemaSet } from './schema-set.ts';

/** A value by the first version that has it; it holds until the next version that is named. */
export type ByVersion<Value> = Readonly<Record<string, Value>>;

export interface VersionedSchemas {
  readonly kinds: Readonly<Record<string, ByVersion<Json>>>;
  readonly definitions: Readonly<Record<string, ByVersion<Json>>>;
}

/** Stores what several versions share once. Expects the versions in ascending order. */
export function versionedSchemas(sets: Readonly<Record<string, SchemaSet>>): VersionedSchemas {
  return {
    kinds: byVersion(Object.entries(sets).map(([version, { kinds }]) => ({ version, values: kinds }))),
    definitions: byVersion(
      Object.entries(sets).map(([version, { definitions }]) => ({ version, values: definitions })),
    ),
  };
}

interface Edition {
  readonly version: string;
  readonly values: Readonly<Record<string, Json>>;
}

function byVersion(editions: readonly Edition[]): Readonly<Record<string, ByVersion<Json>>> {
  const names = [...new Set(editions.flatMap(({ values }) => Object.keys(values)))].sort();
  return Object.fromEntries(names.map((name) => [name, changesOf(name, editions)]));
}

/** The versions at which the value begins to be, or differs from the version before. `null` marks a removal. */
function changesOf(name: string, editions: readonly Edition[]): ByVersion<Json> {
  const values = editions.map(({ version, values: all }) => ({ version, value: all[name] ?? null }));
  const changes = values.filter(({ value }, at) => !isSame(value, values[at - 1]?.value ?? null));
  return Object.fromEntries(changes.map(({ version, value }) => [version, value]));
}

function isSame(left: Json, right: Json): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
