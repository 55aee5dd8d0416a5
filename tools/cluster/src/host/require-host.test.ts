import { describe, expect, it } from '@jest/globals';
import { listMissing, requireHost } from './require-host.ts';

const onProgress = () => undefined;

describe('requireHost', () => {
  it('refuses a user other than root and says what to do', async () => {
    await expect(requireHost({ env: process.env, userId: 1000, onProgress })).rejects.toThrow(
      'the cluster needs root for its namespaces, and this is user 1000; run it with sudo, or use another cluster by KUBECONFIG',
    );
  });

  it('names every missing program and the one command that installs them', async () => {
    const env = { PATH: '/nowhere' };
    await expect(requireHost({ env, userId: 0, onProgress })).rejects.toThrow(
      /^not found on PATH: containerd, ctr, .*apt-get update && apt-get install --yes --no-install-recommends containerd runc iptables /,
    );
  });
});

describe('listMissing', () => {
  it('finds programs of the PATH', () => {
    expect(listMissing({ PATH: '/usr/bin:/bin:/usr/sbin:/sbin' })).not.toContain('openssl');
    expect(listMissing({ PATH: '/nowhere' })).toContain('openssl');
  });
});
