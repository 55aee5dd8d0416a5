import { describe, expect, it } from '@jest/globals';
import { findLeaks } from './find-leaks.ts';
import { newPassword } from './new-password.ts';

describe('newPassword', () => {
  it('is found in the log of a server that tells every statement, and in what wraps the log', () => {
    const password = newPassword();
    const logged = `LOG:  statement: alter role agent password '${password.replaceAll("'", "''")}'`;
    const wrapped = JSON.stringify({ log: JSON.stringify({ message: logged }) });
    for (const text of [logged, wrapped, Buffer.from(wrapped).toString('base64')])
      expect(findLeaks({ password }, [{ place: 'log', text }])).toHaveLength(1);
  });

  it('is another one each time, which is not taken for the first', () => {
    expect(findLeaks({ password: newPassword() }, [{ place: 'log', text: newPassword() }])).toEqual([]);
  });
});
