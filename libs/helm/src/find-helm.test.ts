import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { writeProgram } from '../test/support/write-program.ts';
import { type FindHelmOptions, findHelm } from './find-helm.ts';

const directory = temporaryDirectory();

/** A program that says it is this Helm. */
const helmOf = (version: string) => writeProgram(join(directory, version, 'helm'), `echo v${version}+g0000000`);

/** What names a Helm on this machine; the rest of its environment lets npm reach its registry. */
const namesHelm = /^(?:PATH|HELM_BIN|TASK_API_HELM_.*)$/;
const bareEnvironment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !namesHelm.test(name)));

/** Looks for Helm on a machine where nothing but these variables names one. The cache of the real machine serves downloads. */
const find = (env: NodeJS.ProcessEnv, options: FindHelmOptions = {}) =>
  findHelm({ env: { ...bareEnvironment, ...env }, ...options });

describe('findHelm', () => {
  it('takes HELM_BIN before anything else', async () => {
    const path = helmOf('3.16.0');
    helmOf('4.0.1');
    expect(await find({ HELM_BIN: path, PATH: join(directory, '4.0.1') })).toEqual({
      path,
      version: '3.16.0',
      major: 3,
      source: 'HELM_BIN',
    });
  });

  it('refuses a HELM_BIN that is too old', async () => {
    const path = helmOf('3.15.4');
    await expect(find({ HELM_BIN: path })).rejects.toThrow(
      `HELM_BIN is ${path}, which is Helm 3.15.4; supported are 3.16+ and 4.x, or unset it`,
    );
  });

  it.each([
    ['does not exist', '/nowhere/helm'],
    ['is a folder', directory],
    ['is no Helm', writeProgram(join(directory, 'other'), 'echo something else')],
  ])('refuses a HELM_BIN that %s', async (_, path) => {
    await expect(find({ HELM_BIN: path })).rejects.toThrow(`HELM_BIN is ${path}, which cannot be run`);
  });

  it('takes a supported Helm on PATH', async () => {
    const path = helmOf('4.2.0-rc.1');
    const PATH = `/nowhere:${join(directory, '4.2.0-rc.1')}`;
    expect(await find({ PATH })).toEqual({ path, version: '4.2.0-rc.1', major: 4, source: 'PATH' });
  });

  it('passes over a Helm on PATH that is too old, and says so', async () => {
    const path = helmOf('3.9.0');
    expect(await find({ PATH: `${join(directory, '3.9.0')}:${process.env.PATH}` })).toMatchObject({
      version: '4.1.4',
      source: 'npm package',
      passedOver: `${path} (PATH) is Helm 3.9.0; supported are 3.16+ and 4.x`,
    });
  });

  it('passes over HELM_BIN when another major is asked for', async () => {
    const path = helmOf('4.0.1');
    const found = await find({ HELM_BIN: path, PATH: process.env.PATH }, { major: 3 });
    expect(found).toMatchObject({ version: '3.17.3', major: 3, source: 'npm package' });
    expect(found.passedOver).toBe(`${path} (HELM_BIN) is Helm 4.0.1; asked for is 3`);
  });

  it('takes HELM_BIN when it is of the major that is asked for', async () => {
    expect(await find({ HELM_BIN: helmOf('3.19.4') }, { major: 3 })).toMatchObject({ source: 'HELM_BIN' });
  });

  // The first time on a machine, two Helms are fetched.
  it('lets the environment ask for a major or a version', async () => {
    const { PATH } = process.env;
    expect(await find({ PATH, TASK_API_HELM_MAJOR: '3' })).toMatchObject({ version: '3.17.3' });
    expect(await find({ PATH, TASK_API_HELM_VERSION: '3.18' })).toMatchObject({ version: '3.18.0' });
  }, 180_000);

  it('refuses a major or a version that there is not', async () => {
    await expect(find({ TASK_API_HELM_MAJOR: '2' })).rejects.toThrow('TASK_API_HELM_MAJOR is "2"; allowed is 3, 4');
    await expect(find({ TASK_API_HELM_VERSION: '3.1' })).rejects.toThrow(
      'Helm 3.1 is asked for, but pinned are 4.1.4, 3.17.3, 3.18.0 only',
    );
  });
});
