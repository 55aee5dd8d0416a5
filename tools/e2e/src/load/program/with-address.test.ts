import { describe, expect, it } from '@jest/globals';
import { withAddress } from './with-address.ts';

describe('withAddress', () => {
  it('puts the address in place of the name and keeps the rest', async () => {
    expect(await withAddress('http://localhost:8000/v1')).toMatch(/^http:\/\/(127\.0\.0\.1|\[::1\]):8000\/v1$/);
  });

  it('fails when nobody knows the name', async () => {
    await expect(withAddress('http://nowhere.invalid/')).rejects.toThrow('nowhere.invalid');
  });
});
