import { describe, expect, it } from '@jest/globals';
import { isUnneeded } from './unneeded-paths.ts';

describe('isUnneeded', () => {
  it.each([
    ['usr/share/man/man1/bash.1.gz', 'usr/share/manifest'],
    ['usr/share/doc/bash/README', 'usr/share/doc/bash/copyright'],
    ['usr/share/zoneinfo/right/UTC', 'usr/share/zoneinfo/UTC'],
    ['usr/lib/postgresql/15/lib/llvmjit.so', 'usr/lib/postgresql/15/lib/pgaudit.so'],
    ['etc/init.d/redis-server', 'etc/ssl/certs/ca-certificates.crt'],
  ])('leaves out %s and keeps %s', (unneeded, needed) => {
    expect(isUnneeded(unneeded)).toBe(true);
    expect(isUnneeded(needed)).toBe(false);
  });
});
