import type { Schema } from './values-at-paths.ts';

/** A value that a schema allows and that differs from the given one, to see whether anything depends on it. */
export function alternativeTo(value: unknown, schema: Schema, definitions: Schema['definitions'] = {}): unknown {
  const resolved = resolve(schema, definitions);
  if (resolved.enum) return resolved.enum.find((allowed) => allowed !== value);
  const [type] = [resolved.type].flat();
  return byType[type ?? '']?.(value, resolved, definitions);
}

type Alternative = (value: unknown, schema: Schema, definitions: Schema['definitions']) => unknown;

const byType: Readonly<Record<string, Alternative>> = {
  boolean: (value) => value !== true,
  integer: (value) => (typeof value === 'number' ? value + 1 : 7),
  string: (value, { pattern }) => sampleOf[pattern ?? ''] ?? `${value}x`,
  array: (value, { items = {} }, definitions) => [alternativeTo([value].flat()[0], items, definitions)],
  object: (_, schema, definitions) => addedTo(schema, definitions),
};

/** A map of the user's own keys takes any; of known keys the first one is set. */
function addedTo({ properties }: Schema, definitions: Schema['definitions']): unknown {
  const [key, schema] = Object.entries(properties ?? {})[0] ?? ['name', { type: 'string' }];
  return { [key]: alternativeTo('', schema, definitions) };
}

/** Texts that fit the patterns of our schemas; a pattern that is not here is fitted by almost any text. */
const sampleOf: Readonly<Record<string, string>> = {
  '^(sha256:[0-9a-f]{64})?$': `sha256:${'7'.repeat(64)}`,
  '^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$': '7Gi',
  '^([0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?)?$': '7Gi',
};

function resolve(schema: Schema, definitions: Schema['definitions']): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  const found = name === undefined ? schema : (definitions?.[name] ?? schema);
  return found.anyOf?.[0] ?? found;
}
