import { describe, expect, it } from '@jest/globals';
import { parseIfMatch } from './parse-if-match.ts';

describe('parseIfMatch', () => {
  it.each([
    [undefined, undefined],
    ['*', undefined],
    ['"3"', ['"3"']],
    ['"3", "4"', ['"3"', '"4"']],
    ['"3" ,, "4",', ['"3"', '"4"']],
    ['"a,b", W/"3"', ['"a,b"', '"3"']],
    ['""', ['""']],
  ])('reads %s', (header, tags) => {
    expect(parseIfMatch(header)).toEqual(tags);
  });

  it.each(['', '3', '"3', '"3" "4"', '*, "3"', 'w/"3"', ','])('refuses %s', (header) => {
    expect(() => parseIfMatch(header)).toThrow(
      'headers.if-match: it must be * or ETags of the task, such as "3" or "3", "4"',
    );
  });
});
