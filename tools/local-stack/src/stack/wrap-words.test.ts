import { describe, expect, it } from '@jest/globals';
import { wrapWords } from './wrap-words.ts';

describe('wrapWords', () => {
  it('leaves a line that fits', () => {
    expect(wrapWords('  as it is', 10)).toEqual(['  as it is']);
    expect(wrapWords('any length at all', Number.POSITIVE_INFINITY)).toEqual(['any length at all']);
  });

  it('breaks between words and indents what follows', () => {
    expect(wrapWords('every task belongs to one tenant', 12)).toEqual(['every task', '  belongs to', '  one tenant']);
  });

  it('does not break a word, and does not count colours', () => {
    expect(wrapWords('a /long/directory', 6)).toEqual(['a', '  /long/directory']);
    expect(wrapWords('\u001b[31mred\u001b[39m one', 7)).toEqual(['\u001b[31mred\u001b[39m one']);
  });
});
