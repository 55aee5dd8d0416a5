import { readFileSync } from 'node:fs';
import { apiServerConstraints, exclusiveFields, requiredByApiServer } from './api-server-constraints.ts';
import type { Schema } from './schema.ts';

/** The schemas of one Kubernetes version and of the custom resources. */
export interface SchemaCatalog {
  /** Every kind that is known: `apps/v1 Deployment`. */
  readonly kinds: readonly string[];
  /** The definitions as they are published, by name. */
  readonly definitions: Readonly<Record<string, Schema>>;
  /** A reference to the schema of a kind; undefined where none is known. */
  schemaOf(kind: string): Schema | undefined;
  /** Follows a reference; what stands beside it narrows what it refers to. */
  resolve(schema: Schema): Schema;
}

/** Which checks beyond the published schemas are in a catalog. */
export type Strictness = 'published' | 'api-server';

/** The catalog of a Kubernetes version such as `1.34`, put together once for each version. */
export function schemaCatalog(version: string, strictness: Strictness = 'api-server'): SchemaCatalog {
  const key = `${version} ${strictness}`;
  const catalog = catalogs.get(key) ?? buildCatalog(version, strictness);
  catalogs.set(key, catalog);
  return catalog;
}

type ByVersion<Value> = Readonly<Record<string, Value | null>>;

interface KubernetesFile {
  readonly kinds: Readonly<Record<string, ByVersion<string>>>;
  readonly definitions: Readonly<Record<string, ByVersion<Schema>>>;
}

interface CustomResourceFile {
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

const catalogs = new Map<string, SchemaCatalog>();
const localReference = '#/definitions/';

function buildCatalog(version: string, strictness: Strictness): SchemaCatalog {
  const { kinds, definitions } = readDefinitions(version);
  const prepared = new Map<string, Schema>();
  const definition = (name: string): Schema => {
    const found = prepared.get(name) ?? narrowed(name, definitions[name] ?? {}, strictness);
    prepared.set(name, found);
    return found;
  };
  return {
    kinds: Object.keys(kinds),
    definitions,
    schemaOf: (kind) => (kinds[kind] === undefined ? undefined : { $ref: `${localReference}${kinds[kind]}` }),
    resolve: ({ $ref, ...beside }) =>
      $ref === undefined ? beside : { ...definition($ref.slice(localReference.length)), ...beside },
  };
}

function readDefinitions(version: string): CustomResourceFile {
  const kubernetes = readSchemas<KubernetesFile>('kubernetes.gen.json');
  const custom = readSchemas<CustomResourceFile>('custom-resources.gen.json');
  return {
    kinds: { ...atVersion(kubernetes.kinds, version), ...custom.kinds },
    definitions: { ...atVersion(kubernetes.definitions, version), ...custom.definitions },
  };
}

/** Each entry as it is at a version: what the last change up to it says. */
function atVersion<Value>(
  entries: Readonly<Record<string, ByVersion<Value>>>,
  version: string,
): Readonly<Record<string, Value>> {
  const current = Object.entries(entries).map(([name, changes]) => [name, lastChange(changes, version)] as const);
  return Object.fromEntries(current.filter((entry): entry is [string, Value] => entry[1] !== null));
}

/** Versions of Kubernetes 1.x with two digits compare as text. */
function lastChange<Value>(changes: ByVersion<Value>, version: string): Value | null {
  const since = Object.keys(changes).findLast((candidate) => candidate <= version);
  return since === undefined ? null : (changes[since] ?? null);
}

function narrowed(name: string, schema: Schema, strictness: Strictness): Schema {
  if (strictness === 'published') return schema;
  const narrower = Object.entries(apiServerConstraints[name] ?? {}).map(([field, constraint]) => [
    field,
    { ...schema.properties?.[field], ...constraint },
  ]);
  const required = [...(schema.required ?? []), ...(requiredByApiServer[name] ?? [])];
  return {
    ...schema,
    required,
    exclusive: exclusiveFields[name] ?? [],
    properties: { ...schema.properties, ...Object.fromEntries(narrower) },
  };
}

function readSchemas<File>(name: string): File {
  // The generator writes these files, and a test compares their digests with the lock, so their shape is known.
  return JSON.parse(readFileSync(new URL(`../schemas/${name}`, import.meta.url), 'utf8')) as File;
}
