import { isList, isMap, type Json, type JsonMap } from '../src/json.ts';

/** The schemas of one version: which definition describes a kind, and the definitions. */
export interface SchemaSet {
  /** `apps/v1 Deployment` → `apps.v1.Deployment` */
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, JsonMap>>;
}

const localReference = '#/definitions/';

/** Drops the definitions that no kind of the set reaches. */
export function reachableOnly({ kinds, definitions }: SchemaSet): SchemaSet {
  const reached = new Set<string>();
  const visit = (name: string) => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const next of referencesIn(definitions[name] ?? {})) visit(next);
  };
  for (const name of Object.values(kinds)) visit(name);
  return { kinds, definitions: Object.fromEntries(Object.entries(definitions).filter(([name]) => reached.has(name))) };
}

/** What a cluster writes is no part of a manifest: its shape is not kept. */
export function withoutStatus(schema: JsonMap): JsonMap {
  if (!isMap(schema.properties) || schema.properties.status === undefined) return schema;
  return { ...schema, properties: { ...schema.properties, status: { type: 'object' } } };
}

function referencesIn(schema: Json): readonly string[] {
  if (isList(schema)) return schema.flatMap(referencesIn);
  if (!isMap(schema)) return [];
  const own = typeof schema.$ref === 'string' ? [schema.$ref.slice(localReference.length)] : [];
  return [...own, ...Object.values(schema).flatMap(referencesIn)];
}
