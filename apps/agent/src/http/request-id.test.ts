import { describe, expect, it } from '@jest/globals';
import { requestIdOf } from './request-id.ts';

describe('requestIdOf', () => {
  it('is what the client gave', () => {
    expect(requestIdOf({ 'x-request-id': 'checkout-4711' })).toBe('checkout-4711');
  });

  it.each(['short', 'with a blank', 'a\nb-c-d-e-f', 'x'.repeat(101)])('is a new one where "%s" was given', (given) => {
    const ids = [requestIdOf({ 'x-request-id': given }), requestIdOf({})];
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-\d+$/);
    expect(ids[1]).not.toBe(ids[0]);
  });
});
