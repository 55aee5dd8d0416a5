import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartDefaults, parseChart } from '../src/chart-defaults.ts';
import type { SourceText } from '../src/source-text.ts';

export const repositoryRoot = join(import.meta.dirname, '../../..');

/** The chart of the working tree. */
export function readChart(): ChartDefaults {
  return parseChart({
    chart: readSource('charts/task-api/Chart.yaml'),
    values: readSource('charts/task-api/values.yaml'),
    schema: readSource('charts/task-api/values.schema.json'),
    dependencies: {
      postgresql: readSource('charts/mirror/postgresql/values.schema.json'),
      redis: readSource('charts/mirror/redis/values.schema.json'),
    },
  });
}

export function readSource(file: string): SourceText {
  return { file, text: readFileSync(join(repositoryRoot, file), 'utf8') };
}
