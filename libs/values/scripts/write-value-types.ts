import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '../src/builder-schema.ts';
import { buildValueTypes } from '../src/value-types.ts';

const root = join(import.meta.dirname, '../../..');

const files = await buildValueTypes({
  chart: readSchema('charts/task-api'),
  dependencies: { postgresql: readSchema('charts/mirror/postgresql'), redis: readSchema('charts/mirror/redis') },
});
for (const { path, text } of files) writeFileSync(join(root, path), text);

function readSchema(chart: string): JsonSchema {
  return JSON.parse(readFileSync(join(root, chart, 'values.schema.json'), 'utf8'));
}
