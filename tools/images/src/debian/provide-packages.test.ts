import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DebianPackage, PackageSets } from './debian-lock.ts';
import { openPackageStore } from './package-store.ts';
import type { PackageVersion, PrivateApt } from './private-apt.ts';
import { downloadPackages, type LockUse } from './provide-packages.ts';

const locked = packageOf('libacl1', '1.0');
const lock: PackageSets = { base: [locked], postgresql: [], redis: [], node: [], pause: [], toolbox: [] };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'task-api-packages-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('downloadPackages', () => {
  it('puts what was locked into the store', async () => {
    const { packages, store } = await run({ mirror: [locked], lockUse: 'require' });
    expect(packages).toBe(lock);
    await expect(store.missing([locked])).resolves.toEqual([]);
  });

  it('fails where the lock is required and Debian has only a newer version', async () => {
    await expect(run({ mirror: [packageOf('libacl1', '1.1')], lockUse: 'require' })).rejects.toThrow(
      'debian.lock.json pins versions that no configured package source has any more:\n  libacl1 1.0\nRun: npm run images -- --update-lock',
    );
  });

  it('warns and takes the newer version where the lock is preferred', async () => {
    const newer = packageOf('libacl1', '1.1');
    const { packages, lines } = await run({ mirror: [newer], lockUse: 'prefer' });
    expect(packages.base).toEqual([newer]);
    expect(lines.join('\n')).toContain('warning: debian.lock.json pins versions');
  });

  it('refuses a file of the locked version with other bytes', async () => {
    const apt = { ...aptOf([locked]), download: (wanted: readonly PackageVersion[]) => write(wanted, 'forged') };
    await expect(run({ mirror: [locked], lockUse: 'prefer', apt })).rejects.toThrow(
      `(libacl1 1.0) does not have the checksum ${locked.sha256} of debian.lock.json; nothing was built from it`,
    );
  });
});

interface Situation {
  readonly mirror: readonly PackageVersion[];
  readonly lockUse: LockUse;
  readonly apt?: PrivateApt;
}

async function run({ mirror, lockUse, apt = aptOf(mirror) }: Situation) {
  const store = await openPackageStore(join(folder, 'store'));
  const lines: string[] = [];
  const onProgress = (line: string) => lines.push(line);
  const packages = await downloadPackages({ apt, lock, missing: [locked], store, lockUse, onProgress });
  return { packages, store, lines };
}

/** An apt whose mirror has these versions and nothing else. */
function aptOf(mirror: readonly PackageVersion[]): PrivateApt {
  const has = ({ name, version }: PackageVersion) => mirror.some((one) => one.name === name && one.version === version);
  return {
    resolve: async (names) =>
      names.includes('base-files') ? mirror.map(({ name, version }) => ({ name, version })) : [],
    available: async (packages) => packages.filter(has),
    download: (wanted) => write(wanted),
  };
}

async function write(wanted: readonly PackageVersion[], text?: string): Promise<string> {
  const downloads = join(folder, 'downloads');
  await mkdir(downloads, { recursive: true });
  for (const one of wanted)
    await writeFile(join(downloads, `${one.name}_${one.version}_amd64.deb`), text ?? contentOf(one));
  return downloads;
}

function packageOf(name: string, version: string): DebianPackage {
  return { name, version, sha256: createHash('sha256').update(contentOf({ name, version })).digest('hex') };
}

function contentOf({ name, version }: PackageVersion): string {
  return `files of ${name} ${version}`;
}
