import { describe, expect, it } from '@jest/globals';
import { parseKeys } from './api-keys.ts';

const hash = 'a'.repeat(64);

describe('parseKeys', () => {
  it('reads a hash and a tenant a line, and skips comments', () => {
    expect(parseKeys(`# keys\n\n${hash} ann\n`)).toEqual(new Map([[hash, 'ann']]));
  });

  it('names the line that is wrong but never repeats it: it may be a key', () => {
    expect(() => parseKeys(`${hash} ann\nplain-key bob`)).toThrow(
      'API_KEYS_FILE, line 2 is "malformed"; allowed is "<sha256 of the key in hex> <tenant>"',
    );
  });
});
