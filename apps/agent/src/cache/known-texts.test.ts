import { describe, expect, it } from '@jest/globals';
import { KnownTexts } from './known-texts.ts';

describe('known texts', () => {
  it('give the key of the same text of the same tenant, and of nobody else', () => {
    const texts = new KnownTexts();
    texts.remember('ann', '{"a":1}', 'key');
    expect(texts.keyOf('ann', '{"a":1}')).toBe('key');
    expect(texts.keyOf('ann', '{"a": 1}')).toBeUndefined();
    expect(texts.keyOf('bob', '{"a":1}')).toBeUndefined();
  });

  it('are not kept when they are long, and fall out when there are too many', () => {
    const texts = new KnownTexts();
    texts.remember('ann', 'x'.repeat(100_000), 'long');
    expect(texts.keyOf('ann', 'x'.repeat(100_000))).toBeUndefined();
    for (let index = 0; index < 300; index += 1) texts.remember('ann', `${index} ${'x'.repeat(10_000)}`, 'key');
    expect(texts.keyOf('ann', `0 ${'x'.repeat(10_000)}`)).toBeUndefined();
    expect(texts.keyOf('ann', `299 ${'x'.repeat(10_000)}`)).toBe('key');
  });
});
