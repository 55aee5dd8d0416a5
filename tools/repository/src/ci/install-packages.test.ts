import { describe, expect, it } from '@jest/globals';
import { type DebianPackage, debianPackages } from './debian-packages.ts';
import { installPackages, type Machine } from './install-packages.ts';

const browser: DebianPackage = {
  name: 'chromium',
  provides: ['chromium', 'google-chrome'],
  why: 'page tests',
  usedBy: ['npm test'],
};
const rare: DebianPackage = {
  name: 'postgresql-15',
  provides: ['/usr/lib/postgres'],
  why: 'an older server',
  usedBy: ['npm test'],
  availability: 'some-releases',
};
const node: DebianPackage = { name: 'runc', provides: ['runc'], why: 'nodes', usedBy: ['npm run e2e'] };
const packages = [browser, rare, node];

describe('installPackages', () => {
  it('installs nothing where everything is there, under whatever name', async () => {
    const { machine, commands } = machineWith({ proofs: ['google-chrome', '/usr/lib/postgres'] });
    const result = await installPackages('npm test', machine, packages);
    expect([result.passed, result.failed, result.note, commands]).toEqual([1, 0, 'all there', []]);
  });

  it('installs what is missing for that step alone, in CI and as root', async () => {
    const { machine, commands } = machineWith({ offered: ['chromium', 'postgresql-15'] });
    const result = await installPackages('npm test', machine, packages);
    expect(commands).toEqual([
      'apt-get update',
      'apt-get install --yes --no-install-recommends chromium',
      'apt-get install --yes --no-install-recommends postgresql-15',
    ]);
    expect(result).toMatchObject({ name: 'Debian packages for npm test', passed: 1, failed: 0, note: 'all there' });
  });

  it('fails when a package cannot be installed', async () => {
    const { machine } = machineWith({ offered: ['postgresql-15'] });
    expect(await installPackages('npm test', machine, packages)).toMatchObject({
      passed: 0,
      failed: 1,
      note: 'missing: chromium (page tests); as root: apt-get install --no-install-recommends chromium',
    });
  });

  it('goes on without a package that this release of Debian does not have, and says what is not asked', async () => {
    const { machine } = machineWith({ offered: ['chromium'] });
    expect(await installPackages('npm test', machine, packages)).toMatchObject({
      passed: 1,
      failed: 0,
      note: expect.stringContaining('missing: postgresql-15 (an older server)'),
    });
  });

  it.each([
    ['outside CI', { isCi: false }],
    ['without being root', { isRoot: false }],
  ])('touches nothing %s and says what to type', async (_where, facts) => {
    const { machine, commands } = machineWith({ ...facts, offered: ['chromium', 'postgresql-15'] });
    const { failed, note } = await installPackages('npm test', machine, packages);
    expect([commands, failed]).toEqual([[], 1]);
    expect(note).toContain('as root: apt-get install --no-install-recommends chromium postgresql-15');
  });
});

describe('the table', () => {
  it('names every package once and says what shows that it is there', () => {
    const names = debianPackages.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { provides, usedBy } of debianPackages)
      expect([provides.length > 0, usedBy.length > 0]).toEqual([true, true]);
  });
});

interface Facts {
  readonly isCi?: boolean;
  readonly isRoot?: boolean;
  readonly proofs?: readonly string[];
  /** Packages that apt-get can install. */
  readonly offered?: readonly string[];
}

function machineWith({ isCi = true, isRoot = true, proofs = [], offered = [] }: Facts) {
  const commands: string[] = [];
  const present = new Set(proofs);
  const run: Machine['run'] = async ({ program, args }) => {
    commands.push([program, ...args].join(' '));
    const asked = args[0] === 'install' ? args.filter((arg) => !arg.startsWith('-')).slice(1) : [];
    if (!asked.every((name) => offered.includes(name))) return { exitCode: 100, output: 'Unable to locate package' };
    for (const { name, provides } of packages) if (asked.includes(name)) present.add(provides[0] ?? '');
    return { exitCode: 0, output: '' };
  };
  const machine: Machine = { isCi, isRoot, has: (proof) => present.has(proof), run };
  return { machine, commands };
}
