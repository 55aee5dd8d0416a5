import { describe, expect, it } from '@jest/globals';
import { connectionOptions } from './connection-options.ts';

describe('connectionOptions', () => {
  it.each([
    ['postgres://agent@[::1]:5433/tasks', '::1'],
    ['postgres://agent@[2001:db8::7]:5433/tasks', '2001:db8::7'],
    ['postgres://agent@127.0.0.1:5433/tasks', '127.0.0.1'],
    ['postgres://agent@database.example:5433/tasks', 'database.example'],
  ])('takes the host of %s as the driver looks it up', (url, host) => {
    expect(connectionOptions({ url: new URL(url), password: undefined })).toEqual({
      host,
      port: 5433,
      database: 'tasks',
      user: 'agent',
    });
  });
});
