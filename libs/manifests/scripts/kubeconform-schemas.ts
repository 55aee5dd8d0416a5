import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isList, isMap, type Json, type JsonMap, listAt, mapAt, textAt } from '../src/json.ts';
import type { CustomResourceSource } from './schema-sources.ts';

/** How kubeconform is told to find the files that are written here. */
export const schemaFileTemplate = '{{.ResourceKind}}_{{.Group}}_{{.ResourceAPIVersion}}.json';

/**
 * Writes the schemas of an unpacked Kubernetes module as kubeconform wants them. Made straight from the OpenAPI
 * documents, not from our generated files, so that a mistake in our generator shows as a difference.
 */
export async function writeKubernetesSchemas(module: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const folder = join(module, 'api/openapi-spec/v3');
  const documents = (await readdir(folder)).filter((name) => /__v\d[^_]*_openapi\.json$/.test(name));
  for (const name of documents) await writeDocument(JSON.parse(await readFile(join(folder, name), 'utf8')), target);
}

/** Writes the schemas of the custom resources that a module defines. */
export async function writeCustomResourceSchemas(
  module: string,
  { files }: CustomResourceSource,
  target: string,
): Promise<void> {
  for (const file of files) {
    const manifest: Json = parse(await readFile(join(module, file), 'utf8'));
    const group = textAt(manifest, 'spec', 'group') ?? '';
    const kind = textAt(manifest, 'spec', 'names', 'kind') ?? '';
    for (const version of listAt(manifest, 'spec', 'versions')) {
      const schema = closed(mapAt(version, 'schema', 'openAPIV3Schema'));
      await writeSchema(target, { group, kind, version: textAt(version, 'name') ?? '' }, schema);
    }
  }
}

interface Kind {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
}

async function writeDocument(document: Json, target: string): Promise<void> {
  const schemas = mapAt(document, 'components', 'schemas');
  const definitions = closed(schemas);
  for (const [name, schema] of Object.entries(schemas)) {
    const [only, ...others] = listAt(schema, 'x-kubernetes-group-version-kind');
    if (only === undefined || others.length > 0) continue;
    const kind = {
      group: textAt(only, 'group') ?? '',
      version: textAt(only, 'version') ?? '',
      kind: textAt(only, 'kind') ?? '',
    };
    await writeSchema(target, kind, { $ref: `#/definitions/${name}`, definitions });
  }
}

async function writeSchema(target: string, { group, kind, version }: Kind, schema: JsonMap): Promise<void> {
  await writeFile(join(target, `${kind.toLowerCase()}_${group || version}_${version}.json`), JSON.stringify(schema));
}

/** What `-strict` means for kubeconform: objects with known properties have no others, and optional ones may be null. */
function closed(schema: JsonMap): JsonMap {
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closedValue(key, value)]));
  if (inner['x-kubernetes-int-or-string'] === true) return { oneOf: [{ type: 'string' }, { type: 'integer' }] };
  if (!isMap(inner.properties) || inner.type !== 'object') return inner;
  const isOpen = 'additionalProperties' in inner || inner['x-kubernetes-preserve-unknown-fields'] === true;
  const properties = withOptionalNulls(inner.properties, listAt(inner, 'required'));
  return { ...inner, properties, ...(isOpen ? {} : { additionalProperties: false }) };
}

function withOptionalNulls(properties: JsonMap, required: readonly Json[]): JsonMap {
  const fields = Object.entries(properties);
  return Object.fromEntries(
    fields.map(([field, schema]) => [field, required.includes(field) ? schema : { anyOf: [schema, { type: 'null' }] }]),
  );
}

function closedValue(key: string, value: Json): Json {
  if (key === '$ref' && typeof value === 'string') return value.replace('#/components/schemas/', '#/definitions/');
  if (isList(value)) return value.map((item) => (isMap(item) ? closed(item) : item));
  return isMap(value) ? closed(value) : value;
}
