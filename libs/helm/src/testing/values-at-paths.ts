import { isMap, type Values } from './values.ts';

/** A JSON schema as far as our charts use it. */
export interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Values that hold one value at a path and nothing else. */
export function nested(path: readonly string[], value: unknown): Values {
  return path.reduceRight<Values>((inner, key) => ({ [key]: inner }), value as Values); // A path has at least one key.
}

/** The schema of the value at a path, if the schema names it. */
export function schemaAt(schema: Schema, path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((at, key) => at?.properties?.[key], schema);
}

/** The value at a path, or nothing. */
export function valueAt(values: Values, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), values);
}

/** Dotted paths of maps that take keys they do not name, other than maps whose keys are the user's. */
export function openMaps(schema: Schema, path = ''): readonly string[] {
  const { properties } = schema;
  if (!properties) return [];
  const below = Object.entries(properties).flatMap(([key, value]) => openMaps(value, path ? `${path}.${key}` : key));
  return schema.additionalProperties === undefined || schema.additionalProperties === true ? [path, ...below] : below;
}
