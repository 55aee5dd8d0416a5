import { describe, expect, it } from '@jest/globals';
import { complaintsOf } from '../../test/memory-repository.ts';
import { checkMachineTraces } from './check-machine-traces.ts';

const complain = (text: string) => complaintsOf(checkMachineTraces('/srv/checkout'), { 'docs/a.md': text });

describe('machine traces', () => {
  it('are not relative paths, paths in containers or addresses', async () => {
    expect(await complain('src/a.ts, /etc/task-api/credentials, ~/.cache, https://example.com/home/page')).toEqual([]);
  });

  it('are the directory of the checkout and home directories', async () => {
    expect(await complain(`cd /srv/checkout\n${['', 'home', 'ada', 'notes'].join('/')}`)).toEqual([
      'docs/a.md:1 names the directory of this checkout; use a path relative to the root',
      'docs/a.md:2 names the home directory of a machine; use a path inside the repository or a temporary directory',
    ]);
  });

  it('are hosts of package registries', async () => {
    expect(await complain(`from ${['registry', 'npmjs', 'org'].join('.')}`)).toEqual([
      'docs/a.md:1 names a package registry; which one is used is a setting of the machine',
    ]);
  });
});
