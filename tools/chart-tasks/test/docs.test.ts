import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openChart } from '../src/chart.ts';
import { checkDocs, writeDocs } from '../src/tasks/docs.ts';
import { temporaryChart } from './temporary-chart.ts';

const values = '## @section Size\n\n## @param replicas Pods of the web server.\nreplicas: 1\n';
const files = {
  'values.yaml': values,
  'values.schema.json': JSON.stringify({ properties: { replicas: { type: 'integer' } } }),
  'README.md': '# web\n\n## Parameters\n\n## Licence\n\nMIT\n',
};

describe('docs', () => {
  it('writes the sentences of values.yaml into README and schema, once', async () => {
    const root = temporaryChart(files);
    const chart = openChart('charts/web', root);
    expect(await writeDocs(chart)).toBe('wrote charts/web/README.md and charts/web/values.schema.json');
    expect(readFileSync(join(root, 'charts/web/README.md'), 'utf8')).toMatch(
      /\| `replicas` +\| Pods of the web server\. +\| `1` +\|/,
    );
    expect(readFileSync(join(root, 'charts/web/values.schema.json'), 'utf8')).toContain(
      '"description": "Pods of the web server."',
    );
    expect(await checkDocs(chart)).toBe('charts/web documents its values as they are');
  });

  it('names what is out of date and the command that mends it', async () => {
    await expect(checkDocs(openChart('charts/web', temporaryChart(files)))).rejects.toThrow(
      'charts/web/README.md and charts/web/values.schema.json does not say what values.yaml documents; run: node tools/chart-tasks/src/main.ts docs charts/web',
    );
  });

  it('refuses a value without a sentence', async () => {
    const root = temporaryChart({ ...files, 'values.yaml': `${values}undocumented: true\n` });
    await expect(checkDocs(openChart('charts/web', root))).rejects.toThrow(
      /does not document exactly its values:.*undocumented/s,
    );
  });
});
