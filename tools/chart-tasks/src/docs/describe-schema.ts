import type { Parameter } from './read-parameters.ts';

/** The parts of a JSON schema that carry descriptions. */
export interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** The schema with the sentences of values.yaml as descriptions. What a shared definition describes is left to it. */
export function describeSchema(schema: Schema, parameters: readonly Parameter[]): Schema {
  return parameters.reduce(
    (described, { path, sentence }) => describePath(described, path.split('.'), sentence),
    schema,
  );
}

function describePath(schema: Schema, [key, ...rest]: readonly string[], sentence: string): Schema {
  if (key === undefined) return schema.description === sentence ? schema : { ...schema, description: sentence };
  const property = schema.properties?.[key];
  if (property === undefined) return schema;
  const described = describePath(property, rest, sentence);
  return described === property ? schema : { ...schema, properties: { ...schema.properties, [key]: described } };
}
