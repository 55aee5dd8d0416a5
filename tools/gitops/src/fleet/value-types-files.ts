import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { GeneratedFile } from '@task-api/values';

const typesFolder = 'libs/values/src';
const generator = join(import.meta.dirname, '../../../../libs/values/src/value-types.ts');
const cacheFolder = resolve(import.meta.dirname, '../../../../node_modules/.cache/task-api/value-types');

/**
 * The types of the chart's values, for the editor; nothing in a checkout without the library. They are kept by the
 * content that they come from, because the compiler of schemas takes a quarter of a second.
 */
export async function buildValueTypesFiles(root: string): Promise<readonly GeneratedFile[]> {
  if (!existsSync(join(root, typesFolder))) return [];
  const schemas = readSchemas(root);
  const cacheFile = join(cacheFolder, `${keyOf(schemas)}.json`);
  if (existsSync(cacheFile)) return JSON.parse(readFileSync(cacheFile, 'utf8'));
  const { buildValueTypes } = await import('@task-api/values/value-types');
  const files = await buildValueTypes(schemas);
  keep(cacheFile, files);
  return files;
}

function readSchemas(root: string) {
  return {
    chart: readSchema(root, 'charts/task-api'),
    dependencies: {
      postgresql: readSchema(root, 'charts/mirror/postgresql'),
      redis: readSchema(root, 'charts/mirror/redis'),
    },
  };
}

function readSchema(root: string, chart: string) {
  return JSON.parse(readFileSync(join(root, chart, 'values.schema.json'), 'utf8'));
}

function keyOf(schemas: object): string {
  const { version } = createRequire(import.meta.url)('json-schema-to-typescript/package.json');
  const parts = [JSON.stringify(schemas), readFileSync(generator, 'utf8'), String(version)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Where the cache cannot be written the next run compiles again, and nothing else is lost. */
function keep(file: string, files: readonly GeneratedFile[]): void {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, JSON.stringify(files));
    renameSync(temporary, file);
  } catch {
    rmSync(temporary, { force: true });
  }
}
