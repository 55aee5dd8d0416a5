import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withLock } from './cluster-lock.ts';

describe('withLock', () => {
  it('does nothing for a user other than root, and says what to do', async () => {
    let isDone = false;
    const action = async () => {
      isDone = true;
    };
    await expect(withLock(action, { userId: 1000 })).rejects.toThrow(/needs root .* user 1000; run it with sudo/);
    expect(isDone).toBe(false);
  });

  it('refuses whoever comes second, and says who came first', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'cluster-lock-'));
    const lock = { userId: 0, file: join(directory, 'lock') };
    const second = () => withLock(async () => 'done', lock);
    await expect(withLock(second, lock)).rejects.toThrow(
      `process ${process.pid} is starting or stopping the cluster; wait for it`,
    );
    await expect(second()).resolves.toBe('done');
    rmSync(directory, { recursive: true });
  });
});
