import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { removeUnfinished } from './remove-unfinished.ts';

/** Larger than any process id that Linux gives. */
const nobody = 2 ** 22 + 1;

describe('removeUnfinished', () => {
  it('removes what a dead process has left, and neither a build nor what a living process is at', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'remove-unfinished-'));
    for (const name of ['etcd-0a1b', `etcd-0a1b.${nobody}`, `etcd-0a1b.${process.pid}`])
      mkdirSync(join(directory, name));
    await removeUnfinished(directory);
    expect(readdirSync(directory).toSorted()).toEqual(['etcd-0a1b', `etcd-0a1b.${process.pid}`]);
    rmSync(directory, { recursive: true });
  });

  it('does nothing before the first build', async () => {
    await expect(removeUnfinished('/nowhere/at/all')).resolves.toBeUndefined();
  });
});
