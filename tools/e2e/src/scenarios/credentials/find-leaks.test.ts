import { describe, expect, it } from '@jest/globals';
import { findLeaks } from './find-leaks.ts';

const passwords = { password: 's3cret/1', 'redis-password': 'other' };

describe('findLeaks', () => {
  it.each(['as it is: s3cret/1', 'Secret: czNjcmV0LzE=', 'redis://:s3cret%2F1@host'])(
    'finds a password in "%s"',
    (text) => {
      expect(findLeaks(passwords, [{ place: 'log', text }])).toEqual([{ place: 'log', key: 'password' }]);
    },
  );

  it('finds nothing in a text that holds none', () => {
    expect(findLeaks(passwords, [{ place: 'log', text: 'the password is in a file' }])).toEqual([]);
  });

  // Too short to have a core: only its shapes can find it.
  const quoted = `it's "a\\b"`;

  it.each([
    ['plain text', `password: it's "a\\b"`, `password: it's "a/b"`],
    ['a statement', `alter role agent password 'it''s "a\\b"'`, `alter role agent password 'it''s "a/b"'`],
    ['a statement with backslashes', `password E'it\\'s "a\\\\b"'`, `password E'it\\'s "a/b"'`],
    ['JSON', JSON.stringify({ password: quoted }), JSON.stringify({ password: 'it is "a\\b"' })],
    ['a command', `psql --password='it'\\''s "a\\b"'`, `psql --password='it'\\''s "a/b"'`],
  ])('finds a password as %s writes it, and not another one', (_where, leaking, harmless) => {
    const leaks = findLeaks({ password: quoted }, [
      { place: 'leaking', text: leaking },
      { place: 'harmless', text: harmless },
    ]);
    expect(leaks).toEqual([{ place: 'leaking', key: 'password' }]);
  });

  const core = '0f1e2d3c4b5a69788796a5b4';
  const withCore = `new 'quoted' ${core} of a namespace`;

  it.each([
    ['JSON within JSON', JSON.stringify(JSON.stringify(`it's "${core}"`))],
    ['a URL that writes its quotes in another way', `postgresql://agent:new%20%27quoted%27%20${core}@host`],
    ['base64 that begins with it', Buffer.from(`${core}:and more`).toString('base64')],
    ['base64, one byte later', Buffer.from(`-${core}`).toString('base64')],
    ['base64, two bytes later', Buffer.from(`--${core} of`).toString('base64').replaceAll('=', '')],
    ['base64 of a whole statement', Buffer.from(`password 'new ''quoted'' ${core} of'`).toString('base64')],
  ])('finds a password by its core in %s, and not by another core', (_where, text) => {
    expect(findLeaks({ password: withCore }, [{ place: 'log', text }])).toEqual([{ place: 'log', key: 'password' }]);
    expect(findLeaks({ password: withCore.replace('0f1e', '1f1e') }, [{ place: 'log', text }])).toEqual([]);
  });

  it('does not take for a leak what a password shares with any text', () => {
    const text = 'new quoted namespace: statement alter role agent password of a namespace';
    expect(findLeaks({ password: withCore }, [{ place: 'log', text }])).toEqual([]);
  });
});
