import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { exclusively } from './exclusively.ts';

const directory = temporaryDirectory();

describe('exclusively', () => {
  it('does one piece of work after the other', async () => {
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      events.push(`${name} ends`);
    };
    const lock = join(directory, 'one');
    await Promise.all([exclusively(lock, work('a')), exclusively(lock, work('b'))]);
    const inEitherOrder = [
      ['a begins', 'a ends', 'b begins', 'b ends'],
      ['b begins', 'b ends', 'a begins', 'a ends'],
    ];
    expect(inEitherOrder).toContainEqual(events);
  });

  it('takes over the lock of a process that was killed', async () => {
    const lock = join(directory, 'stale');
    mkdirSync(lock);
    utimesSync(lock, 0, 0);
    await expect(exclusively(lock, async () => 'done')).resolves.toBe('done');
  });

  it('lets go of the lock when the work fails', async () => {
    const lock = join(directory, 'failed');
    await expect(exclusively(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(exclusively(lock, async () => 'done')).resolves.toBe('done');
  });

  it('fails at once where it cannot put the lock', async () => {
    await expect(exclusively(join(directory, 'missing/lock'), async () => 'done')).rejects.toThrow('ENOENT');
  });
});
