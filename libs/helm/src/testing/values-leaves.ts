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

export interface Values {
  readonly [key: string]: unknown;
}

/** One value: where it is and what it is by default. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Every value that a schema describes one by one, with the default it has. Maps whose keys are the user's are one value. */
export function leavesOf(values: Values, schema: Schema, parent: readonly string[] = []): readonly Leaf[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = [...parent, key];
    const below = schema.properties?.[key];
    return below?.properties ? leavesOf(value as Values, below, path) : [{ path, value }]; // Values fit their schema.
  });
}

/** Values that hold one value at a path and nothing else. */
export function nested(path: readonly string[], value: unknown): Values {
  return path.reduceRight<Values>((inner, key) => ({ [key]: inner }), value as Values); // A path has at least one key.
}
