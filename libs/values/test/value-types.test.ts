import { describe, expect, it } from '@jest/globals';
import { buildValueTypes } from '../src/value-types.ts';
import { readSource } from './read-chart.ts';

const readSchema = (chart: string) => JSON.parse(readSource(`charts/${chart}/values.schema.json`).text);

describe('buildValueTypes', () => {
  it('gives the committed types; run "npx gitops generate" when a schema has changed', async () => {
    const files = await buildValueTypes({
      chart: readSchema('task-api'),
      dependencies: { postgresql: readSchema('mirror/postgresql'), redis: readSchema('mirror/redis') },
    });
    expect(files.map(({ path }) => path)).toEqual(
      ['chart', 'postgresql', 'redis'].map((name) => `libs/values/src/${name}-values.gen.ts`),
    );
    for (const { path, text } of files) expect(text).toBe(readSource(path).text);
  });
});
