import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isList, isMap, type Json, type JsonMap, listAt, mapAt, textAt } from '../src/json.ts';
import { type SchemaSet, withoutStatus } from './schema-set.ts';
import type { CustomResourceSource } from './schema-sources.ts';
import { strictSchema } from './strict-schema.ts';

/** Reads the custom resources that a module defines, as the API server would check them once the definition is installed. */
export async function readCustomResourceSchemas(directory: string, source: CustomResourceSource): Promise<SchemaSet> {
  const manifests = await Promise.all(
    source.files.map(async (file): Promise<Json> => parse(await readFile(join(directory, file), 'utf8'))),
  );
  const kinds = manifests.map((manifest) => customResourceOf(manifest, source.served));
  return {
    kinds: Object.fromEntries(kinds.map(({ kind, name }) => [kind, name])),
    definitions: Object.fromEntries(kinds.map(({ name, schema }) => [name, schema])),
  };
}

function customResourceOf(
  manifest: Json,
  served: string,
): { readonly kind: string; readonly name: string; readonly schema: JsonMap } {
  const [group, kind] = [textAt(manifest, 'spec', 'group'), textAt(manifest, 'spec', 'names', 'kind')];
  const version = listAt(manifest, 'spec', 'versions').find((candidate) => textAt(candidate, 'name') === served);
  if (!version) throw new Error(`${kind} has no version ${served}; correct "served" in scripts/schema-sources.ts`);
  const schema = strictSchema(pruning(mapAt(version, 'schema', 'openAPIV3Schema')));
  return {
    kind: `${group}/${served} ${kind}`,
    name: `${group}.${served}.${kind}`,
    schema: withMetadata(withoutStatus(schema)),
  };
}

/** An object without properties keeps nothing unless it says so: the API server prunes what a definition does not name. */
function pruning(schema: Json): Json {
  if (isList(schema)) return schema.map(pruning);
  if (!isMap(schema)) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, pruning(value)]));
  const isEmpty = schema.type === 'object' && !('properties' in schema) && !('additionalProperties' in schema);
  return isEmpty ? { properties: {}, ...inner } : inner;
}

function withMetadata(schema: JsonMap): JsonMap {
  const metadata = { $ref: '#/definitions/meta.v1.ObjectMeta' };
  return { ...schema, properties: { ...mapAt(schema, 'properties'), metadata } };
}
