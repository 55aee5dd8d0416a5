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
});
