import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { formatDebianLock, listPackages, lockPath, type PackageSets, parseDebianLock } from './debian-lock.ts';

const one = { name: 'libacl1', version: '2:1.0-1', sha256: 'a'.repeat(64) };
const sets: PackageSets = { base: [one], postgresql: [one], redis: [], node: [], pause: [], toolbox: [] };

const parse = (text: string) => () => parseDebianLock(text, 'debian.lock.json');

describe('parseDebianLock', () => {
  it('reads what formatDebianLock writes', () => {
    expect(parseDebianLock(formatDebianLock(sets), 'debian.lock.json')).toEqual(sets);
  });

  it('finds the committed lock as --update-lock would write it', () => {
    const text = readFileSync(lockPath, 'utf8');
    expect(formatDebianLock(parseDebianLock(text, lockPath))).toBe(text);
  });

  it.each([
    ['no JSON', '{', 'SyntaxError'],
    ['another release', formatDebianLock(sets).replace('bookworm', 'trixie'), 'its release is trixie'],
    ['a missing set', formatDebianLock(sets).replace('"redis"', '"valkey"'), 'redis is malformed: the set is missing'],
    ['a checksum that is none', formatDebianLock(sets).replace(/a{64}/, 'abc'), '"libacl1=2:1.0-1": "abc"'],
    ['a package without version', formatDebianLock(sets).replace('=2:1.0-1', ''), '"libacl1"'],
  ])('refuses %s and says how to write it anew', (_case, text, detail) => {
    expect(parse(text)).toThrow(detail);
    expect(parse(text)).toThrow('run: npm run images -- --update-lock');
  });
});

describe('listPackages', () => {
  it('names a package once that two sets have', () => {
    expect(listPackages(sets)).toEqual([one]);
  });
});
