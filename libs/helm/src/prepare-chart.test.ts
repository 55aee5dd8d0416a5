import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { sampleCheckout, storeVersion } from '../test/support/sample-checkout.ts';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { writeFiles } from '../test/support/write-files.ts';
import { findHelm } from './find-helm.ts';
import { type PrepareChartRequest, prepareChart } from './prepare-chart.ts';
import { runHelm } from './run-helm.ts';

const helm = await findHelm();
let root: string;
let env: NodeJS.ProcessEnv;

const prepare = (request: Partial<PrepareChartRequest> = {}) =>
  prepareChart({ root, helm, env, lane: 'mirror', ...request });
const filesOf = (directory: string) => readdirSync(directory, { recursive: true, encoding: 'utf8' });

beforeEach(() => {
  root = sampleCheckout();
  env = { PATH: process.env.PATH, XDG_CACHE_HOME: temporaryDirectory() };
});

describe('prepareChart', () => {
  it('builds a copy with its dependencies outside the checkout, without what .helmignore names', async () => {
    const chart = await prepare();
    expect(chart).toMatchObject({
      lane: 'mirror',
      laneReason: 'asked for',
      revision: 'working-tree',
      version: '0.1.0',
    });
    expect(existsSync(join(chart.directory, 'charts/store/templates/store.yaml'))).toBe(true);
    expect(filesOf(chart.directory)).not.toContain('README.md');
    expect(filesOf(chart.directory)).not.toContain('test');
  });

  it('writes nothing into the checkout', async () => {
    await prepare();
    await prepare({ revision: 'HEAD' });
    expect(execFileSync('git', ['-C', root, 'status', '--short', '--ignored'], { encoding: 'utf8' })).toBe('');
  });

  it('gives the same copy as long as nothing changes, whenever the files were written', async () => {
    const before = await prepare();
    utimesSync(join(root, 'charts/task-api/values.yaml'), 0, 0);
    expect(await prepare()).toEqual(before);
  });

  it('gives another digest when a file of the chart or of a dependency changes', async () => {
    const before = await prepare();
    writeFiles(root, { 'charts/task-api/values.yaml': 'greeting: hi\n' });
    const edited = await prepare();
    writeFiles(root, { 'charts/mirror/store/values.yaml': 'size: 1\n' });
    expect(new Set([before.digest, edited.digest, (await prepare()).digest]).size).toBe(3);
  });

  it('gives the same digest when a file that Helm ignores changes', async () => {
    const before = await prepare();
    writeFiles(root, { 'charts/task-api/README.md': '# changed\n', 'charts/task-api/test/new.txt': 'new\n' });
    expect((await prepare()).digest).toBe(before.digest);
  });

  it('does not take dependencies that lie about in the working tree', async () => {
    const before = await prepare();
    writeFiles(root, { 'charts/task-api/charts/store/Chart.yaml': 'name: store\nversion: 9.9.9\n' });
    expect((await prepare()).digest).toBe(before.digest);
  });

  it('reads the chart and its mirrors as they were at a commit', async () => {
    const before = await prepare();
    writeFiles(root, {
      'charts/task-api/values.yaml': 'greeting: hi\n',
      'charts/mirror/store/Chart.yaml': 'name: gone\n',
    });
    const pinned = await prepare({ revision: 'HEAD' });
    expect(pinned).toEqual({ ...before, revision: expect.stringMatching(/^[0-9a-f]{40}$/) });
  });

  it('gives the same copy to two that ask at the same time', async () => {
    const [first, second] = await Promise.all([prepare(), prepare()]);
    expect(first).toEqual(second);
    expect(readdirSync(join(env.XDG_CACHE_HOME ?? '', 'task-api/charts'))).toEqual([first.digest]);
  });

  it('prepares a chart without dependencies by its path', async () => {
    const { directory, version } = await prepare({ chart: 'mirror/store' });
    expect({ version, files: filesOf(directory) }).toMatchObject({ version: storeVersion });
    expect(filesOf(directory)).not.toContain('charts');
  });
});

describe('prepareChart, on the upstream lane', () => {
  /** Packages the mirror's files as if they were the real chart; Helm writes the time into the archive. */
  async function packageStore(): Promise<string> {
    const destination = temporaryDirectory();
    await runHelm(helm, ['package', join(root, 'charts/mirror/store'), '--destination', destination]);
    return destination;
  }

  it('takes the packaged charts of a directory', async () => {
    const packages = { ...env, TASK_API_UPSTREAM_CHARTS: await packageStore() };
    const chart = await prepare({ lane: 'auto', env: packages });
    expect(chart).toMatchObject({ lane: 'upstream', laneReason: 'packaged charts in TASK_API_UPSTREAM_CHARTS' });
    expect(readFileSync(join(chart.directory, 'charts/store/templates/store.yaml'), 'utf8')).toContain('-store');
  });

  it('gives the same digest however often the same chart is packaged', async () => {
    const digests = [await packageStore(), await packageStore()].map(async (directory, index) => {
      utimesSync(join(directory, `store-${storeVersion}.tgz`), index, index);
      return (await prepare({ lane: 'upstream', env: { ...env, TASK_API_UPSTREAM_CHARTS: directory } })).digest;
    });
    expect(await digests[0]).toBe(await digests[1]);
  });

  it('names the package that the directory lacks', async () => {
    const packages = { ...env, TASK_API_UPSTREAM_CHARTS: temporaryDirectory() };
    await expect(prepare({ lane: 'auto', env: packages })).rejects.toThrow(
      `TASK_API_UPSTREAM_CHARTS has no store-${storeVersion}.tgz; put the packaged chart there, or set TASK_API_CHART_LANE=mirror`,
    );
  });

  it('says so when the package is damaged', async () => {
    const directory = temporaryDirectory();
    writeFiles(directory, { [`store-${storeVersion}.tgz`]: 'damaged' });
    const packages = { ...env, TASK_API_UPSTREAM_CHARTS: directory };
    await expect(prepare({ lane: 'upstream', env: packages })).rejects.toThrow(
      `store-${storeVersion}.tgz is malformed`,
    );
  });
});

describe('prepareChart, when the chart cannot be had', () => {
  it('names the folder without a Chart.yaml', async () => {
    rmSync(join(root, 'charts/task-api/Chart.yaml'));
    await expect(prepare()).rejects.toThrow(`${root}/charts/task-api holds no chart: its Chart.yaml cannot be read`);
  });

  it.each(['name: [', '- a list', 'just text', 'name: task-api', 'version: 0.1.0'])(
    'refuses the Chart.yaml "%s"',
    async (content) => {
      writeFiles(root, { 'charts/task-api/Chart.yaml': content });
      await expect(prepare()).rejects.toThrow(`${root}/charts/task-api/Chart.yaml is malformed`);
    },
  );

  it('names the mirror that is missing', async () => {
    rmSync(join(root, 'charts/mirror/store'), { recursive: true });
    await expect(prepare()).rejects.toThrow(
      `The mirror lane needs ${root}/charts/mirror/store, the stand-in for the dependency store`,
    );
  });

  it('refuses a mirror of another version than Chart.lock pins', async () => {
    writeFiles(root, { 'charts/mirror/store/Chart.yaml': 'apiVersion: v2\nname: store\nversion: 2.0.0\n' });
    await expect(prepare()).rejects.toThrow(
      `${root}/charts/mirror/store/Chart.yaml has version 2.0.0, but the chart depends on ${storeVersion}`,
    );
  });

  it('names a file that cannot be read', async () => {
    symlinkSync('/nowhere', join(root, 'charts/task-api/templates/broken.yaml'));
    await expect(prepare()).rejects.toThrow('templates/broken.yaml');
  });

  it('says so when the cache cannot be written', async () => {
    writeFiles(root, { 'a-file': '' });
    const unwritable = { ...env, XDG_CACHE_HOME: join(root, 'a-file') };
    await expect(prepare({ env: unwritable })).rejects.toThrow('set XDG_CACHE_HOME to a writable directory');
  });

  it('builds again what was removed from the cache', async () => {
    const { directory } = await prepare();
    rmSync(dirname(directory), { recursive: true });
    expect(filesOf((await prepare()).directory)).toContain('Chart.yaml');
  });
});
