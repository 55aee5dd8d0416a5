import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { sampleCheckout } from '../test/support/sample-checkout.ts';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { writeFiles } from '../test/support/write-files.ts';
import { writeProgram } from '../test/support/write-program.ts';
import { findHelm } from './find-helm.ts';
import type { HelmError } from './helm-error.ts';
import { prepareChart } from './prepare-chart.ts';
import { type RenderRequest, renderChart } from './render-chart.ts';

const helm = await findHelm();
const root = sampleCheckout();
const env = { PATH: process.env.PATH, XDG_CACHE_HOME: temporaryDirectory() };
const chart = await prepareChart({ root, helm, env, lane: 'mirror' });
let cacheDirectory: string;

const request = (changes: Partial<RenderRequest> = {}): RenderRequest => ({
  chart,
  releaseName: 'greeter',
  namespace: 'greetings',
  values: [],
  cacheDirectory,
  ...changes,
});
const render = (changes: Partial<RenderRequest> = {}) => renderChart(helm, request(changes));
const failure = (changes: Partial<RenderRequest>) =>
  render(changes).then(
    () => Promise.reject(new Error('Helm rendered')),
    (error: HelmError) => error,
  );

beforeEach(() => {
  cacheDirectory = join(temporaryDirectory(), 'renders');
});

describe('renderChart', () => {
  it('renders the chart with its dependencies', async () => {
    const { manifest } = await render();
    expect(manifest).toContain('# Source: task-api/templates/greeting.yaml');
    expect(manifest).toContain('# Source: task-api/charts/store/templates/store.yaml');
    expect(manifest).toContain('name: greeter-store');
  });

  it('lets later values win', async () => {
    const { manifest } = await render({ values: ['greeting: one', 'greeting: two\n'] });
    expect(manifest).toContain('greeting: "two"');
  });

  it('asks Helm once for the same render', async () => {
    const first = await render();
    const second = await render();
    expect([first.cached, second.cached]).toEqual([false, true]);
    expect(second).toEqual({ ...first, cached: true });
  });

  it.each<[string, Partial<RenderRequest>]>([
    ['release', { releaseName: 'other' }],
    ['namespace', { namespace: 'other' }],
    ['values', { values: ['greeting: hi'] }],
    ['order of values', { values: ['', 'greeting: hi'] }],
    ['Kubernetes version', { kubeVersion: '1.31.0' }],
    ['API versions', { apiVersions: ['example.org/v1'] }],
    ['operation', { isUpgrade: true }],
  ])('renders again for another %s', async (_, changes) => {
    await render();
    expect((await render(changes)).cached).toBe(false);
  });

  it('renders again for another Helm', async () => {
    await render();
    const other = await findHelm({ major: helm.major === 4 ? 3 : 4 });
    expect((await renderChart(other, request())).cached).toBe(false);
  });

  it('gives the same to many that ask at the same time, and leaves whole files only', async () => {
    const renderings = await Promise.all(Array.from({ length: 4 }, () => render()));
    expect(new Set(renderings.map(({ digest }) => digest)).size).toBe(1);
    expect(readdirSync(cacheDirectory)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.yaml$/)]);
  });

  it('tells templates of an upgrade', async () => {
    expect((await render()).manifest).toContain('upgrade: "false"');
    expect((await render({ isUpgrade: true })).manifest).toContain('upgrade: "true"');
  });

  it('gives the upstream charts the passwords that they want to see on an upgrade', async () => {
    const upstream = { ...chart, lane: 'upstream' as const };
    expect((await render({ chart: upstream, isUpgrade: true })).manifest).toContain('password: unused-by-the-render');
    expect((await render({ chart: upstream })).manifest).toContain('password: none');
    expect((await render({ isUpgrade: true })).manifest).toContain('password: none');
  });

  it('prefers a password of the user’s', async () => {
    const upstream = { ...chart, lane: 'upstream' as const };
    const values = ['postgresql: { auth: { password: mine } }'];
    expect((await render({ chart: upstream, isUpgrade: true, values })).manifest).toContain('password: mine');
  });
});

describe('renderChart, when Helm refuses', () => {
  it('keeps the message of a guard, with template and line', async () => {
    const error = await failure({ values: ['greeting: rude'] });
    expect(error.message).toMatch(
      /^Helm cannot render release greeter: execution error at \(task-api\/templates\/greeting\.yaml:10:6\): greeting is rude; be kind$/,
    );
    expect(error).toMatchObject({ rule: 'render', template: 'task-api/templates/greeting.yaml', line: 10 });
  });

  it.each([3, 4] as const)('names the values that the schema refuses, under Helm %d', async (major) => {
    const other = await findHelm({ major });
    const values = ['limit: 50\ngreting: hello\n'];
    const error = await renderChart(other, request({ values })).catch((caught: HelmError) => caught);
    expect(error).toMatchObject({ rule: 'render' });
    expect((error as HelmError).violations.map(({ chart: name, path }) => `${name} ${path}`).sort()).toEqual([
      'task-api greting',
      'task-api limit',
    ]);
  });

  it('names the values text that cannot be parsed', async () => {
    expect((await failure({ values: ['greeting: hello', 'greeting: [\n'] })).message).toContain('values-2.yaml');
  });

  it('refuses a release name that Helm refuses', async () => {
    expect((await failure({ releaseName: 'Upper' })).message).toContain('invalid release name');
  });

  it('keeps nothing, so that the next attempt renders', async () => {
    await failure({ values: ['greeting: rude'] });
    expect(() => readdirSync(cacheDirectory)).toThrow('ENOENT');
  });

  it('says so when the cache cannot be written', async () => {
    const file = join(temporaryDirectory(), 'a-file');
    writeFileSync(file, '');
    expect((await failure({ cacheDirectory: file })).message).toContain(
      `The cache directory ${file} cannot be written`,
    );
  });

  it('does not keep what a killed Helm had printed', async () => {
    const path = writeProgram(join(temporaryDirectory(), 'helm'), 'echo "kind: Half"; kill -9 $$');
    await expect(renderChart({ ...helm, path }, request())).rejects.toThrow('failed');
    writeFiles(cacheDirectory, {});
    expect((await render()).cached).toBe(false);
  });
});
