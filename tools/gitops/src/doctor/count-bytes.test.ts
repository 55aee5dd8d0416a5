import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { countBytes } from './count-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'count-bytes-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('countBytes', () => {
  it('adds up what is there, and lets go what has gone since it was listed', () => {
    const [one, gone, two] = [join(folder, 'one'), join(folder, 'gone'), join(folder, 'two')];
    writeFileSync(one, 'a'.repeat(3));
    writeFileSync(two, 'b'.repeat(4));
    expect(countBytes([one, gone, two])).toBe(7);
  });
});
