import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { writeFiles } from '../test/support/write-files.ts';
import { findHelm } from './find-helm.ts';
import { helmEnvironment } from './helm-environment.ts';
import { runHelm } from './run-helm.ts';

const helm = await findHelm();
const home = temporaryDirectory();

describe('helmEnvironment', () => {
  it('keeps the user’s settings of Helm and of clusters out, and everything else in', () => {
    const env = helmEnvironment({
      HOME: home,
      HELM_NAMESPACE: 'mine',
      KUBECONFIG: '/mine',
      HTTPS_PROXY: 'http://proxy',
    });
    expect(env).toMatchObject({ HOME: home, HTTPS_PROXY: 'http://proxy', KUBECONFIG: '/dev/null' });
    expect(env).not.toHaveProperty('HELM_NAMESPACE');
  });

  it('runs Helm without the user’s plugins', async () => {
    const plugins = join(home, '.local/share/helm/plugins/loud');
    mkdirSync(plugins, { recursive: true });
    writeFiles(plugins, {
      'plugin.yaml': 'name: loud\nversion: 0.1.0\nusage: u\ndescription: d\ncommand: echo loud\n',
    });
    const env = { PATH: process.env.PATH, HOME: home, HELM_PLUGINS: join(home, '.local/share/helm/plugins') };
    const { stdout } = await runHelm(helm, ['env'], { env });
    expect(stdout).not.toContain(join(home, '.local'));
    expect((await runHelm(helm, ['loud'], { env })).stderr).toContain('unknown command "loud"');
  });
});

describe('runHelm', () => {
  it('says which Helm cannot be started', async () => {
    await expect(runHelm({ ...helm, path: '/nowhere/helm' }, ['version'])).rejects.toThrow(
      '/nowhere/helm failed: Error: spawn /nowhere/helm ENOENT',
    );
  });

  it('gives up when the time is over', async () => {
    const slow = { ...helm, path: '/bin/sleep' };
    const { code, stderr } = await runHelm(slow, ['5'], { timeoutMs: 50 });
    expect({ code, stderr }).toEqual({ code: 124, stderr: 'gave up after 50 ms' });
  });
});
