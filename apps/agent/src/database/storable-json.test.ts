import { describe, expect, it } from '@jest/globals';
import { storableJson } from './storable-json.ts';

describe('JSON for PostgreSQL', () => {
  it.each([
    ['NUL', 'a\0b', 'a\ufffdb'],
    ['the first half of a pair', 'a\ud83d', 'a\ufffd'],
    ['the second half of a pair', '\udfffb', '\ufffdb'],
    ['halves in the wrong order', '\ude00\ud83d', '\ufffd\ufffd'],
  ])('has a mark in the place of %s, in values and in names', (_what, text, stored) => {
    expect(JSON.parse(storableJson({ [text]: [text] }))).toEqual({ [stored]: [stored] });
  });

  it.each(['', 'plain', '\u0001\n"\\', '😀', '\\u0000', '\\\\ud800', '\ufffd'])(
    'is the same as ever for %j',
    (text) => {
      expect(storableJson({ text })).toBe(JSON.stringify({ text }));
    },
  );

  it('sees NUL behind a backslash', () => {
    expect(JSON.parse(storableJson('\\\0'))).toBe('\\\ufffd');
  });
});
