import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { listMissing, requireHost } from './require-host.ts';

const onProgress = () => undefined;

describe('requireHost', () => {
  it('refuses a user other than root and says what to do', async () => {
    await expect(requireHost({ env: process.env, userId: 1000, onProgress })).rejects.toThrow(
      "the cluster needs root for its namespaces, and this is user 1000; run it with sudo, or use another cluster: KUBECONFIG=… npm run e2e -- --load '<command> {}'",
    );
  });

  it('refuses a machine whose cgroups are version 2, and goes on to look for programs where they are version 1', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'require-host-'));
    const host = { env: { PATH: '/nowhere' }, userId: 0, onProgress, cgroups: directory };
    await expect(requireHost(host)).rejects.toThrow('not found on PATH: ');
    writeFileSync(join(directory, 'cgroup.controllers'), '');
    await expect(requireHost(host)).rejects.toThrow(`need cgroup version 1, and ${directory} is version 2; `);
    rmSync(directory, { recursive: true });
  });

  it('names every missing program and the one command that installs them', async () => {
    const host = { env: { PATH: '/nowhere' }, userId: 0, onProgress, cgroups: '/nowhere' };
    await expect(requireHost(host)).rejects.toThrow(
      /^not found on PATH: containerd, ctr, .*; run `apt-get update && apt-get install --yes --no-install-recommends containerd runc .*iptables [^`,]*`, and install Go /,
    );
  });
});

describe('listMissing', () => {
  it('finds programs of the PATH', () => {
    expect(listMissing({ PATH: '/usr/bin:/bin:/usr/sbin:/sbin' })).not.toContain('openssl');
    expect(listMissing({ PATH: '/nowhere' })).toContain('openssl');
  });
});
