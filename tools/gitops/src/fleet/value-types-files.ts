import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedFile } from '@task-api/values';

const typesFolder = 'libs/values/src';

/** The types of the chart's values, for the editor; nothing in a checkout without the library. */
export async function buildValueTypesFiles(root: string): Promise<readonly GeneratedFile[]> {
  if (!existsSync(join(root, typesFolder))) return [];
  const { buildValueTypes } = await import('@task-api/values/value-types');
  return buildValueTypes({
    chart: readSchema(root, 'charts/task-api'),
    dependencies: {
      postgresql: readSchema(root, 'charts/mirror/postgresql'),
      redis: readSchema(root, 'charts/mirror/redis'),
    },
  });
}

function readSchema(root: string, chart: string) {
  return JSON.parse(readFileSync(join(root, chart, 'values.schema.json'), 'utf8'));
}
