import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';

const roots: string[] = [];

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

const minimal = {
  'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.2.3\nicon: https://example.com/icon.svg\n',
  'values.yaml': 'replicas: 1\n',
  'templates/config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  replicas: {{ .Values.replicas | quote }}\n',
};

/** A checkout with one chart, `charts/web`: a minimal one with these files on top. Removed after the tests. */
export function temporaryChart(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'chart-tasks-'));
  roots.push(root);
  for (const [file, text] of Object.entries({ ...minimal, ...files })) {
    const path = join(root, 'charts/web', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return root;
}
