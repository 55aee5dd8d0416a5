import { compile } from 'json-schema-to-typescript';
import type { JsonSchema } from './builder-schema.ts';
import { isMap, type Values } from './merge-values.ts';
import type { GeneratedFile } from './source-text.ts';
import { bannerFrom } from './yaml-text.ts';

/** The schemas of `charts/` that say which values there are. */
export interface ValueSchemas {
  /** charts/task-api/values.schema.json */
  readonly chart: JsonSchema;
  /** charts/mirror/<name>/values.schema.json by the dependency's name. */
  readonly dependencies: Readonly<Record<string, JsonSchema>>;
}

/** The types of `libs/values/src/*.gen.ts`: one file for the chart's values, one for each dependency's. */
export async function buildValueTypes({ chart, dependencies }: ValueSchemas): Promise<readonly GeneratedFile[]> {
  const names = Object.keys(dependencies);
  const own = await buildTypes({ name: 'chart', schema: referTo(names, chart), imports: names });
  const others = names.map((name) => buildTypes({ name, schema: dependencies[name] ?? {}, imports: [] }));
  return [own, ...(await Promise.all(others))];
}

interface TypesRequest {
  readonly name: string;
  readonly schema: JsonSchema;
  /** Names of dependencies whose types the file refers to. */
  readonly imports: readonly string[];
}

async function buildTypes({ name, schema, imports }: TypesRequest): Promise<GeneratedFile> {
  const source = `charts/${name === 'chart' ? 'task-api' : `mirror/${name}`}/values.schema.json`;
  const text = await compile({ ...withoutTitles(schema), title: typeName(name) }, typeName(name), {
    bannerComment: [`//${bannerFrom(source).trim().slice(1)}`, ...imports.map(importLine)].join('\n'),
    additionalProperties: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  return { path: `libs/values/src/${name}-values.gen.ts`, text };
}

function importLine(name: string): string {
  return `import type { ${typeName(name)} } from './${name}-values.gen.ts';`;
}

/** The dependency's own type instead of the few keys of it that the chart's schema knows. */
function referTo(names: readonly string[], schema: JsonSchema): JsonSchema {
  const properties = isMap(schema.properties) ? schema.properties : {};
  const references = names.map(
    (name) => [name, { tsType: typeName(name), description: describe(properties[name]) }] as const,
  );
  return { ...schema, properties: { ...properties, ...Object.fromEntries(references) } };
}

function describe(schema: unknown): string {
  return typeof schema === 'object' && schema !== null && 'description' in schema ? String(schema.description) : '';
}

function typeName(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Values`;
}

/** A title would become the name of a type. */
function withoutTitles({ title: _, ...schema }: Values): Values {
  return schema;
}
