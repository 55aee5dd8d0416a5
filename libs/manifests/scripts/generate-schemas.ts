#!/usr/bin/env node
// Writes schemas/*.gen.json and schemas/modules.lock.json from the Go modules in schema-sources.ts.
// usage: node libs/manifests/scripts/generate-schemas.ts [--check]
// Needs `go` and its module proxy. --check writes nothing and fails when a committed file differs.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { echo } from 'zx';
import { buildSchemaFiles, type SchemaFile, type SchemaInput } from './build-schema-files.ts';
import { readCustomResourceSchemas } from './custom-resource-schemas.ts';
import { fetchGoModule, type GoModule } from './go-module.ts';
import { readKubernetesSchemas } from './kubernetes-schemas.ts';
import type { SchemaSet } from './schema-set.ts';
import { customResources, kubernetesModule, kubernetesReleases } from './schema-sources.ts';

const folder = new URL('../schemas/', import.meta.url);
const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const files = buildSchemaFiles(await fetchInput());
const stale = await staleFiles(files);
if (options.check && stale.length > 0)
  throw new Error(
    `${namesOf(stale)} in libs/manifests/schemas differ from what is generated; run this script without --check and commit`,
  );
await Promise.all(stale.map(({ name, text }) => writeFile(new URL(name, folder), text)));
for (const { name, text } of files) echo(`${name}: ${Math.ceil(Buffer.byteLength(text) / 1024)} KiB`);
echo(stale.length === 0 ? 'nothing changed' : `written: ${namesOf(stale)}`);

async function fetchInput(): Promise<SchemaInput> {
  const modules: GoModule[] = [];
  const kubernetes: Record<string, SchemaSet> = {};
  for (const [minor, version] of Object.entries(kubernetesReleases)) {
    const module = await fetchGoModule(kubernetesModule, version);
    modules.push(module);
    kubernetes[minor] = await readKubernetesSchemas(module.directory);
  }
  const custom: SchemaSet[] = [];
  for (const source of customResources) {
    const module = await fetchGoModule(source.module, source.version);
    modules.push(module);
    custom.push(await readCustomResourceSchemas(module.directory, source));
  }
  return { modules, kubernetes, customResources: custom };
}

async function staleFiles(generated: readonly SchemaFile[]): Promise<readonly SchemaFile[]> {
  const committed = await Promise.all(
    generated.map(({ name }) => readFile(new URL(name, folder), 'utf8').catch(() => undefined)),
  );
  return generated.filter(({ text }, at) => text !== committed[at]);
}

function namesOf(some: readonly SchemaFile[]): string {
  return some.map(({ name }) => name).join(', ');
}
