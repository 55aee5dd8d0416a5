import { isMap, type Value, type Values } from './merge-values.ts';

/** A JSON schema, draft-07. */
export type JsonSchema = Values;

/**
 * The chart's schema as the builder reads it: open for a person who uses the chart, but the tables of the
 * dependencies are held to the dependencies' own schemas, which know every key.
 */
export function builderSchema(chart: JsonSchema, dependencies: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const properties = mapOf(chart.properties);
  const tables = Object.entries(dependencies).map(
    ([name, schema]) => [name, narrow(mapOf(properties[name]), name, schema)] as const,
  );
  return { ...chart, properties: { ...properties, ...Object.fromEntries(tables) } };
}

/** What one layer may say: nothing is required of it, and `null` may stand anywhere to remove a default. */
export function layerSchema(schema: JsonSchema): JsonSchema {
  const kept = Object.entries(schema).filter(([keyword]) => !wholeOnly.has(keyword));
  return allowNull(mapSubschemas(Object.fromEntries(kept), layerSchema));
}

const wholeOnly = new Set(['required', 'minProperties', 'minItems', 'dependencies', 'if', 'then', 'else', 'not']);

/** An `$id` of its own lets the dependency's schema go on referring to its own definitions. */
function narrow(table: JsonSchema, name: string, schema: JsonSchema): JsonSchema {
  return { allOf: [table, { ...schema, $id: `dependency-${name}` }] };
}

function allowNull(schema: JsonSchema): JsonSchema {
  const widened = Object.entries(schema).map(([keyword, value]) => [keyword, withNull(keyword, value)] as const);
  return Object.fromEntries(
    widened.map(([keyword, value]) => (keyword === 'const' ? ['enum', [value, null]] : [keyword, value])),
  );
}

function withNull(keyword: string, value: Value): Value {
  if (keyword === 'type') return [value, 'null'].flat();
  if (keyword === 'enum' && Array.isArray(value)) return [...value, null];
  if ((keyword === 'anyOf' || keyword === 'oneOf') && Array.isArray(value)) return [...value, { type: 'null' }];
  return value;
}

const maps = new Set(['properties', 'patternProperties', 'definitions']);
const lists = new Set(['allOf', 'anyOf', 'oneOf']);
const singles = new Set(['items', 'additionalProperties']);

function mapSubschemas(schema: JsonSchema, map: (subschema: JsonSchema) => JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, mapKeyword(keyword, value, map)]),
  );
}

function mapKeyword(keyword: string, value: Value, map: (subschema: JsonSchema) => JsonSchema): Value {
  const mapOne = (one: Value) => (isMap(one) ? map(one) : one);
  if (maps.has(keyword) && isMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapOne(one)]));
  if (lists.has(keyword) && Array.isArray(value)) return value.map(mapOne);
  return singles.has(keyword) ? mapOne(value) : value;
}

function mapOf(value: Value | undefined): Values {
  return isMap(value) ? value : {};
}
