import { isList, isMap, type Json, type JsonMap } from '../src/json.ts';
import type { SchemaSet } from './schema-set.ts';

/** Moves object schemas that occur more than once into definitions of their own; custom resources repeat theirs inline. */
export function shareRepeated({ kinds, definitions }: SchemaSet): SchemaSet {
  const names = namesOfRepeated(Object.values(definitions).flatMap(objectSchemasIn));
  const own = Object.entries(definitions).map(([name, schema]) => [name, shareInside(schema, names)] as const);
  const shared = [...names].map(([text, name]) => [name, shareInside(JSON.parse(text), names)] as const);
  return { kinds, definitions: Object.fromEntries([...own, ...shared]) };
}

/** Below this many characters a reference saves nothing worth a further name. */
const worthSharing = 150;

type NamesByText = ReadonlyMap<string, string>;

function namesOfRepeated(texts: readonly string[]): NamesByText {
  const groups = Map.groupBy(texts, (text) => text);
  const repeated = [...groups]
    .filter(([text, uses]) => text.length >= worthSharing && uses.length > 1)
    .map(([text]) => text);
  return new Map(repeated.map((text, index) => [text, `shared.${index + 1}`]));
}

function objectSchemasIn(schema: Json): readonly string[] {
  if (isList(schema)) return schema.flatMap(objectSchemasIn);
  if (!isMap(schema)) return [];
  const inside = Object.values(schema).flatMap(objectSchemasIn);
  return schema.type === 'object' ? [JSON.stringify(schema), ...inside] : inside;
}

function shareInside(schema: JsonMap, names: NamesByText): JsonMap {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, share(value, names)]));
}

function share(value: Json, names: NamesByText): Json {
  if (isList(value)) return value.map((item) => share(item, names));
  if (!isMap(value)) return value;
  const name = names.get(JSON.stringify(value));
  return name ? { $ref: `#/definitions/${name}` } : shareInside(value, names);
}
