import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withScratchDirectory } from './scratch-directory.ts';

describe('withScratchDirectory', () => {
  it('removes its own at the end, those of killed runs at the start, and nothing else', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'scratch-'));
    const { pid: gone } = spawnSync('true');
    const kept = ['other', `task-api-e2e-${process.pid}-x`];
    for (const name of [...kept, `task-api-e2e-${gone}-x`]) mkdirSync(join(parent, name));
    const lent = await withScratchDirectory(async (directory) => {
      expect(existsSync(directory)).toBe(true);
      return directory;
    }, parent);
    expect(existsSync(lent)).toBe(false);
    expect(readdirSync(parent).toSorted()).toEqual(kept);
    rmSync(parent, { recursive: true });
  });
});
