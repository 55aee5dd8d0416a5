import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { restore, type TemporaryCheckout, temporaryCheckout } from './temporary-checkout.ts';

let checkout: TemporaryCheckout;
beforeAll(async () => {
  checkout = await temporaryCheckout();
});
beforeEach(() => restore(checkout));
afterAll(() => checkout.remove());

const serviceTemplate = 'charts/task-api/templates/service.yaml';
const breakService = () =>
  checkout.write({
    [serviceTemplate]: checkout.read(serviceTemplate).replace('kind: Service', 'kind: Service\nspce: {}'),
  });

describe('gitops template', () => {
  it('prints the manifest and nothing else on stdout', async () => {
    const { exitCode, stdout } = await checkout.run('template', 'prod');
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^---\n# Source: task-api\//)]);
  });

  it('renders the same bytes twice', async () => {
    const first = await checkout.run('template', 'prod');
    expect((await checkout.run('template', 'prod')).stdout).toBe(first.stdout);
  });

  it('shows the order in which Argo CD applies the objects', async () => {
    const { stdout } = await checkout.run('template', 'prod', '--phases', '--json');
    const { phases } = JSON.parse(stdout);
    const waveOf = (part: string) =>
      phases.find(({ objects }: { objects: string[] }) => objects.some((object) => object.includes(part)))?.wave;
    expect([
      waveOf('StatefulSet task-api-prod/task-api-postgresql'),
      waveOf('Job task-api-prod/task-api-migrate'),
      waveOf('Deployment task-api-prod/task-api'),
    ]).toEqual([-2, -1, 0]);
  });

  it('shows the phases of helm upgrade, where the migration comes before everything else', async () => {
    const { stdout } = await checkout.run('template', 'prod', '--as', 'helm-upgrade', '--phases', '--json');
    const [first] = JSON.parse(stdout).phases;
    expect(first).toMatchObject({
      name: 'pre-upgrade',
      objects: [expect.stringContaining('Job task-api-prod/task-api-migrate')],
    });
  });

  it('writes one file per object and removes those of an earlier rendering', async () => {
    const output = mkdtempSync(join(tmpdir(), 'rendered-'));
    await checkout.run('template', 'prod', '--output', output);
    writeFileSync(join(output, 'mine.yaml'), 'kept: true\n');
    const filesOfProd = readdirSync(output);
    await checkout.run('template', 'dev', '--output', output);
    expect(filesOfProd).toContain('horizontalpodautoscaler-task-api.yaml');
    expect(readdirSync(output)).toEqual(expect.arrayContaining(['deployment-task-api.yaml', 'mine.yaml']));
    expect(readdirSync(output)).not.toContain('horizontalpodautoscaler-task-api.yaml');
    expect(readFileSync(join(output, 'deployment-task-api.yaml'), 'utf8')).toMatch(
      /^# Rendered by npx gitops template. Do not edit.\n# Source: task-api\/templates\/deployment.yaml\n/,
    );
    rmSync(output, { recursive: true });
  });

  it('renders a pinned environment with the chart of its commit, a floating one with the working tree', async () => {
    checkout.write({
      'charts/task-api/templates/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\n',
    });
    const [prod, dev] = [await checkout.run('template', 'prod'), await checkout.run('template', 'dev')];
    expect([prod.stdout.includes('name: extra'), dev.stdout.includes('name: extra')]).toEqual([false, true]);
  });
});

describe('gitops validate', () => {
  it('finds nothing in what is committed', async () => {
    const { exitCode, stdout } = await checkout.run('validate', '--json');
    const { environments, argocd } = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(
      [...environments, { findings: argocd }]
        .flatMap(({ findings }: { findings: { severity: string }[] }) => findings)
        .filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
  });

  it('names the object, the path and the line of the template for an unknown field', async () => {
    breakService();
    const { exitCode, stdout } = await checkout.run('validate', 'dev');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /✖ v1 Service (task-api-dev\/)?task-api spce: .*\n {2}task-api\/templates\/service\.yaml:\d+ {2}\[unknown-field\]/,
    );
  });

  it('does not hold the working tree’s chart against a pinned environment', async () => {
    breakService();
    expect((await checkout.run('validate', 'prod')).exitCode).toBe(0);
  });

  it('checks the Applications too', async () => {
    const application = 'argocd/applications/prod.yaml';
    checkout.write({ [application]: checkout.read(application).replace('project: ', 'porject: ') });
    const { exitCode, stdout } = await checkout.run('validate', '--argocd');
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining(application)]);
  });
});

describe('gitops start', () => {
  it('ends with one row for each environment, and with the lane and the Helm that were used', async () => {
    const { exitCode, stdout, stderr } = await checkout.run('start', '--render-only');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^environment +tier +chart +objects +pods +CPU +memory +image +migrations +on disk$/m);
    expect(stdout).toMatch(
      /^dev +dev +working tree +\d+ +\d+ +[\d.]+ +\S+i +\S+ \(tag only, not released\) +none +unchanged$/m,
    );
    expect(stdout).toMatch(/^prod +prod +[0-9a-f]{7} /m);
    expect(stdout).toMatch(/^dependencies: lane mirror \(.+\)\nHelm \d+\.\d+\.\d+ \(.+\)$/m);
    expect(stderr).toContain('✔ generate: 0 of ');
  });

  it('says what it changed on disk', async () => {
    rmSync(join(checkout.root, 'environments/dev/values.yaml'));
    expect((await checkout.run('start', '--render-only')).stdout).toMatch(/^dev .* 1 created$/m);
  });
});

describe('gitops prepare', () => {
  it('names the Helm that was found, and each chart revision once', async () => {
    const { exitCode, stdout } = await checkout.run('prepare', '--json');
    const { helm, charts } = JSON.parse(stdout);
    expect([exitCode, helm]).toEqual([
      0,
      { version: expect.any(String), path: expect.any(String), source: expect.any(String) },
    ]);
    expect(charts.map(({ revision, lane }: { revision: string; lane: string }) => [revision, lane])).toEqual([
      ['working-tree', 'mirror'],
      [expect.stringMatching(/^[0-9a-f]{40}$/), 'mirror'],
    ]);
  });
});

describe('gitops doctor', () => {
  it('lists what it found and is content with a complete checkout', async () => {
    const { exitCode, stdout } = await checkout.run('doctor', '--json');
    const { checks } = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(checks.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining([
        'Node',
        'npm',
        'git',
        'Helm',
        'dependencies',
        'git history',
        'environments',
        'generated files',
      ]),
    );
  });

  it('tells a shallow clone how to get its history', async () => {
    const shallow = mkdtempSync(join(tmpdir(), 'shallow-'));
    checkout.git('clone', '--quiet', '--depth', '1', `file://${checkout.root}`, shallow);
    const { exitCode, stdout } = await checkout.run('doctor', '--root', shallow);
    expect([exitCode, stdout]).toEqual([3, expect.stringContaining('git history: git fetch --unshallow')]);
    rmSync(shallow, { recursive: true });
  });
});
