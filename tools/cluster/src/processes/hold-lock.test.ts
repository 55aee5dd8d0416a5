import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { holderOf, holdLock } from './hold-lock.ts';

let directory: string;
const lockFile = () => join(directory, 'a.lock');

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hold-lock-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('holdLock', () => {
  it('is had by one at a time, and names who has it', async () => {
    const lock = await holdLock({ file: lockFile() });
    expect(await holdLock({ file: lockFile() })).toBeUndefined();
    expect(holderOf(lockFile())).toBe(String(process.pid));
    await lock?.release();
    const again = await holdLock({ file: lockFile() });
    expect(again).toBeDefined();
    await again?.release();
  });

  it('waits for it where it is told to', async () => {
    const lock = await holdLock({ file: lockFile() });
    const waiting = holdLock({ file: lockFile(), waits: true });
    await lock?.release();
    const second = await waiting;
    expect(second).toBeDefined();
    await second?.release();
  });

  it('is free when its holder was killed', async () => {
    const module = JSON.stringify(join(import.meta.dirname, 'hold-lock.ts'));
    const file = JSON.stringify(lockFile());
    const program = `const { holdLock } = await import(${module}); await holdLock({ file: ${file} }); console.log('held');`;
    const other = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(other.stdout, 'data');
    expect(await holdLock({ file: lockFile() })).toBeUndefined();
    other.kill('SIGKILL');
    const lock = await holdLock({ file: lockFile(), waits: true });
    expect(lock).toBeDefined();
    await lock?.release();
  });
});
