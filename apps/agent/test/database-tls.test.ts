import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { compileCacheEnvironment, findServerUser, type PostgresServer, startPostgres } from '@task-api/local-stack';
import { createTestDatabase } from '@task-api/local-stack/testing';
import { check } from '../src/commands/check.ts';

// Each case starts the program, on a machine that may be busy with other projects.
jest.setTimeout(60_000);

const compileCache = await compileCacheEnvironment();
const main = join(import.meta.dirname, '../src/main.ts');
let directory: string;
let certificate: string;
let server: PostgresServer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'task-api-tls-'));
  await chmod(directory, 0o711);
  certificate = await createCertificate();
  server = await startEncryptedOnly();
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

/** Signed by itself, for the name `localhost` and not for the address that this stands for. */
async function createCertificate(): Promise<string> {
  const [path, key] = [join(directory, 'server.crt'), join(directory, 'server.key')];
  const names = ['-subj', '/CN=database', '-addext', 'subjectAltName=DNS:localhost'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const files = ['-keyout', key, '-out', path];
  execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '1', ...curve, ...names, ...files], { stdio: 'ignore' });
  // PostgreSQL takes a key only from its own user, and only if nobody else may read it.
  const user = await findServerUser();
  if (user !== undefined) await chown(key, user.uid, user.gid);
  await chmod(key, 0o600);
  return path;
}

async function startEncryptedOnly(): Promise<PostgresServer> {
  const rules = join(directory, 'pg_hba.conf');
  await writeFile(rules, 'hostssl all all 127.0.0.1/32 trust\n');
  const files = { ssl_cert_file: certificate, ssl_key_file: join(directory, 'server.key'), hba_file: rules };
  return startPostgres({
    directory: join(directory, 'postgres'),
    storage: 'fast',
    settings: { ssl: 'on', ...files },
  });
}

interface Access {
  /** @default the address, which the certificate does not name */
  readonly host?: 'localhost';
  readonly mode: string;
}

const urlOf = ({ host, mode }: Access): string =>
  `postgres://postgres@${host ?? '127.0.0.1'}:${server.port}/postgres?sslmode=${mode}`;

type Trust = 'trusting the certificate' | 'trusting nobody';

function run(args: readonly string[], access: Access, trust: Trust = 'trusting nobody') {
  const authority = trust === 'trusting nobody' ? {} : { NODE_EXTRA_CA_CERTS: certificate };
  const env = { ...compileCache, ...authority, DATABASE_URL: urlOf(access) };
  return spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
}

async function checked(access: Access): Promise<string | undefined> {
  const lines: string[] = [];
  const env = { DATABASE_URL: urlOf(access) };
  await check({ env, print: (line) => void lines.push(line) }, { patienceMs: 0 });
  return lines[0];
}

const untrusted = /self-signed certificate/;
const misnamed = /does not match certificate's altnames/;
const unencrypted = /no encryption/;
const unknown = /sslmode of DATABASE_URL is "prefer"; allowed is disable, require, verify-ca, verify-full/;

describe('a PostgreSQL that takes encrypted connections only', () => {
  it.each<[Access, Trust]>([
    [{ mode: 'require' }, 'trusting nobody'],
    [{ mode: 'verify-ca' }, 'trusting the certificate'],
    [{ mode: 'verify-full', host: 'localhost' }, 'trusting the certificate'],
  ])('is migrated and checked with %j, %s', (access, trust) => {
    expect(run(['migrate', 'up'], access, trust)).toMatchObject({ status: 0 });
    expect(run(['check'], access, trust)).toMatchObject({ status: 0 });
  });

  it.each<[Access, Trust, RegExp]>([
    [{ mode: 'disable' }, 'trusting nobody', unencrypted],
    [{ mode: 'verify-ca' }, 'trusting nobody', untrusted],
    [{ mode: 'verify-full', host: 'localhost' }, 'trusting nobody', untrusted],
    [{ mode: 'verify-full' }, 'trusting the certificate', misnamed],
    [{ mode: 'prefer' }, 'trusting nobody', unknown],
  ])('is not migrated with %j, %s', (access, trust, reason) => {
    const { status, stdout, stderr } = run(['migrate', 'up'], access, trust);
    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(reason);
  });

  it.each<[Access, RegExp]>([
    [{ mode: 'disable' }, unencrypted],
    [{ mode: 'verify-ca' }, /does not answer; try again shortly: self-signed certificate/],
    [{ mode: 'verify-full', host: 'localhost' }, /does not answer; try again shortly: self-signed certificate/],
    [{ mode: 'prefer' }, unknown],
  ])('is unhealthy with %j where nobody is trusted', async (access, reason) => {
    expect(await checked(access)).toMatch(reason);
  });
});

describe('a PostgreSQL without encryption', () => {
  it.each(['require', 'verify-ca', 'verify-full'])('is not talked to with %s', async (mode) => {
    const database = await createTestDatabase();
    const lines: string[] = [];
    const env = { DATABASE_URL: `${database.url}?sslmode=${mode}` };
    expect(await check({ env, print: (line) => void lines.push(line) }, { patienceMs: 0 })).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/does not answer; try again shortly: The server does not support SSL connections/),
    ]);
    await database.drop();
  });
});
