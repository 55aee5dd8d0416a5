import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openChart, type Task } from '../src/chart.ts';
import { lint } from '../src/tasks/lint.ts';
import { packageArchive } from '../src/tasks/package-archive.ts';
import { template } from '../src/tasks/template.ts';
import { validate } from '../src/tasks/validate.ts';
import { temporaryChart } from './temporary-chart.ts';

const run = (task: Task, root: string) => task(openChart('charts/web', root));
// helm lint passes over guards, helm template does not.
const failing = {
  'values-prod.yaml': 'replicas: 0\n',
  'templates/guard.yaml': '{{ if not .Values.replicas }}{{ fail "too few" }}{{ end }}',
};

describe('lint', () => {
  it('says under which versions of Helm the chart is clean', async () => {
    expect(await run(lint, temporaryChart({}))).toMatch(/1 values variants are clean under Helm 3\.\S+ and 4\.\S+$/);
  });

  it('fails on a values file that the chart refuses', async () => {
    const schema = JSON.stringify({ properties: { replicas: { minimum: 1 } } });
    const root = temporaryChart({ 'values-prod.yaml': 'replicas: 0\n', 'values.schema.json': schema });
    await expect(run(lint, root)).rejects.toThrow('replicas');
  });
});

describe('template', () => {
  it('writes one file a variant into dist', async () => {
    const root = temporaryChart({ 'values-prod.yaml': 'replicas: 3\n' });
    await run(template, root);
    const read = (name: string) => readFileSync(join(root, `dist/charts/web/rendered/${name}.yaml`), 'utf8');
    expect(read('defaults')).toContain('replicas: "1"');
    expect(read('prod')).toContain('replicas: "3"');
  });

  it('keeps what Helm says', async () => {
    await expect(run(template, temporaryChart(failing))).rejects.toThrow('too few');
  });
});

describe('validate', () => {
  it('counts the objects of all variants', async () => {
    expect(await run(validate, temporaryChart({}))).toContain('1 objects of 1 variants are valid for Kubernetes 1.31');
  });
});

describe('provided Secrets', () => {
  const consumer = [
    'apiVersion: v1',
    'kind: Pod',
    'metadata: { name: web }',
    'spec:',
    '  containers:',
    '    - name: web',
    '      image: web:1',
    '      envFrom: [{ secretRef: { name: credentials } }]',
  ].join('\n');

  it('are those that the values of a variant name as existing', async () => {
    const named = { 'templates/pod.yaml': consumer, 'ci/a-values.yaml': 'auth: { existingSecret: credentials }\n' };
    expect(await run(validate, temporaryChart(named))).toContain('2 objects of 1 variants are valid');
    await expect(run(validate, temporaryChart({ 'templates/pod.yaml': consumer }))).rejects.toThrow(
      'names the Secret "credentials"',
    );
  });
});

describe('package', () => {
  it('leaves an archive in dist', async () => {
    const root = temporaryChart({});
    await run(packageArchive, root);
    expect(existsSync(join(root, 'dist/charts/web/package/web-1.2.3.tgz'))).toBe(true);
  });
});
