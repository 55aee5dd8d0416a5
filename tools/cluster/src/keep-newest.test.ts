import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepNewest } from './keep-newest.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keep-newest-'));
  for (const [name, seconds] of Object.entries({ old: 100, older: 50, newest: 300, newer: 200 })) {
    mkdirSync(join(directory, name));
    utimesSync(join(directory, name), seconds, seconds);
  }
});

afterEach(() => rmSync(directory, { recursive: true }));

describe('keepNewest', () => {
  it('removes what was not used for longest', async () => {
    await keepNewest(directory, 2);
    expect(readdirSync(directory).toSorted()).toEqual(['newer', 'newest']);
  });

  it('removes nothing while there is room', async () => {
    await keepNewest(directory, 4);
    expect(readdirSync(directory)).toHaveLength(4);
  });
});
