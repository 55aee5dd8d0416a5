import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Json, type JsonMap, listAt, mapAt, textAt } from '../src/json.ts';
import { reachableOnly, type SchemaSet, withoutStatus } from './schema-set.ts';
import { kubernetesKinds } from './schema-sources.ts';
import { shortDefinitionName, strictSchema } from './strict-schema.ts';

/** Reads the kinds of the table from the OpenAPI documents in an unpacked Kubernetes module. */
export async function readKubernetesSchemas(directory: string): Promise<SchemaSet> {
  const documents = await Promise.all(
    Object.entries(kubernetesKinds).map(([name, kinds]) => readDocument(join(directory, specFolder, name), kinds)),
  );
  return reachableOnly({
    kinds: Object.assign({}, ...documents.map(({ kinds }) => kinds)),
    definitions: Object.assign({}, ...documents.map(({ definitions }) => definitions)),
  });
}

const specFolder = 'api/openapi-spec/v3';

async function readDocument(path: string, wanted: readonly string[]): Promise<SchemaSet> {
  const document: Json = JSON.parse(await readFile(`${path}_openapi.json`, 'utf8'));
  const schemas = Object.entries(mapAt(document, 'components', 'schemas'));
  const kinds = schemas.flatMap(([name, schema]) =>
    kindsOf(schema).map((kind) => [kind, shortDefinitionName(name)] as const),
  );
  return {
    kinds: Object.fromEntries(
      kinds.filter(([kind]) => wanted.includes(kind.split(' ')[1] ?? '') && isOfDocument(kind, path)),
    ),
    definitions: Object.fromEntries(schemas.map(([name, schema]) => [shortDefinitionName(name), definitionOf(schema)])),
  };
}

/** Documents also mention kinds of other groups, such as the options of a deletion. */
function isOfDocument(kind: string, path: string): boolean {
  const [apiVersion = ''] = kind.split(' ');
  return path.endsWith(`__${apiVersion.replace('/', '__')}`);
}

function kindsOf(schema: Json): readonly string[] {
  return listAt(schema, 'x-kubernetes-group-version-kind').map((entry) => {
    const group = textAt(entry, 'group');
    return `${group ? `${group}/` : ''}${textAt(entry, 'version')} ${textAt(entry, 'kind')}`;
  });
}

function definitionOf(schema: Json): JsonMap {
  const strict = strictSchema(schema);
  return kindsOf(schema).length === 1 ? withoutStatus(strict) : strict;
}
