import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const entrypoint = join(import.meta.dirname, '../src/rootfs/postgresql-entrypoint.sh');

// What it does when it accepts needs PostgreSQL; here it is asked for what it has to refuse before that.
describe('the entrypoint of PostgreSQL', () => {
  it.each([
    ['a user without a database', { POSTGRES_USER: 'app', POSTGRES_PASSWORD: 'x' }, 'set both or none'],
    ['an empty password', { POSTGRES_PASSWORD: '' }, 'set it, POSTGRES_PASSWORD_FILE, or ALLOW_EMPTY_PASSWORD=yes'],
    ['LDAP', { POSTGRES_PASSWORD: 'x', POSTGRESQL_ENABLE_LDAP: 'yes' }, 'this image has no LDAP'],
    ['a replica without a primary', { POSTGRES_REPLICATION_MODE: 'slave' }, 'POSTGRES_MASTER_HOST is empty'],
    [
      'an unknown mode',
      { POSTGRES_PASSWORD: 'x', POSTGRES_REPLICATION_MODE: 'witness' },
      'allowed are master and slave',
    ],
    ['a password file that is not there', { POSTGRES_PASSWORD_FILE: '/nonexistent/password' }, 'No such file'],
  ])('refuses %s', async (_case, env, message) => {
    const { code, stderr } = await run([], env);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it('runs another program that a container asks for, whatever the settings are', async () => {
    await expect(run(['printf', '%s', 'hello'], {})).resolves.toEqual({ code: 0, stdout: 'hello', stderr: '' });
  });
});

interface Ending {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ending> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env } };
    execFile('bash', [entrypoint, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
}
