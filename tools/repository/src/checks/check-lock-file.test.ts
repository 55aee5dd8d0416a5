import { describe, expect, it } from '@jest/globals';
import { complaintsOf } from '../../test/memory-repository.ts';
import { checkLockFile } from './check-lock-file.ts';

const complain = (packages: object) =>
  complaintsOf(checkLockFile, { 'package-lock.json': JSON.stringify({ packages }) });

describe('the lock file', () => {
  it('holds versions and hashes, and links to the workspaces', async () => {
    const packages = {
      '': {},
      'libs/values': { version: '0.0.0' },
      'node_modules/@task-api/values': { resolved: 'libs/values', link: true },
      'node_modules/yaml': { version: '2.9.1', integrity: 'sha512-a' },
    };
    expect(await complain(packages)).toEqual([]);
  });

  it('lists the same dependencies as each package.json', async () => {
    const manifest = JSON.stringify({ dependencies: { yaml: '2.9.1' } });
    const lock = (entry: object) => JSON.stringify({ packages: { '': {}, 'libs/values': entry } });
    const files = { 'libs/values/package.json': manifest };
    const complainAbout = (entry: object) =>
      complaintsOf(checkLockFile, { ...files, 'package-lock.json': lock(entry) });
    expect(await complainAbout({ dependencies: { yaml: '2.9.1' } })).toEqual([]);
    expect(await complainAbout({ dependencies: { yaml: '2.9.0' } })).toEqual([
      'libs/values/package.json lists other dependencies than package-lock.json; run npm install and commit the lock file with it',
    ]);
  });

  it('may not say where a package came from', async () => {
    const url = 'https://registry.example.com/yaml.tgz';
    expect(await complain({ '': {}, 'node_modules/yaml': { resolved: url, integrity: 'sha512-a' } })).toEqual([
      `package-lock.json node_modules/yaml names where it came from (${url}); run npm install with the repository's .npmrc`,
    ]);
  });

  it('may not lack a hash', async () => {
    expect(await complain({ '': {}, 'node_modules/yaml': { version: '2.9.1' } })).toEqual([
      expect.stringContaining('has no integrity hash'),
    ]);
  });
});
