import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Passwords of this machine's servers, made once and kept with the data that they open. */
export interface StackCredentials {
  readonly postgresAdminPassword: string;
  readonly databasePassword: string;
  readonly redisPassword: string;
}

/** File names, as the keys of the Secret that a pod mounts. */
const files: Readonly<Record<keyof StackCredentials, string>> = {
  postgresAdminPassword: 'postgres-password',
  databasePassword: 'password',
  redisPassword: 'redis-password',
};

export const credentialsDirectory = (directory: string): string => join(directory, 'credentials');
export const connectionDirectory = (directory: string): string => join(directory, 'connection');
/** There before anything else is. */
export const adminPasswordPath = (directory: string): string =>
  join(credentialsDirectory(directory), files.postgresAdminPassword);

export async function openCredentials(directory: string): Promise<StackCredentials> {
  await mkdir(credentialsDirectory(directory), { recursive: true, mode: 0o700 });
  const [postgresAdminPassword, databasePassword, redisPassword] = await Promise.all([
    openPassword(directory, files.postgresAdminPassword),
    openPassword(directory, files.databasePassword),
    openPassword(directory, files.redisPassword),
  ]);
  return { postgresAdminPassword, databasePassword, redisPassword };
}

async function openPassword(directory: string, name: string): Promise<string> {
  const path = join(credentialsDirectory(directory), name);
  const known = await readFile(path, 'utf8').catch(() => '');
  if (known !== '') return known;
  const password = randomBytes(16).toString('hex');
  await writeFile(path, password, { mode: 0o600 });
  return password;
}

export interface ConnectionUrls {
  /** Without passwords. */
  readonly database: string;
  readonly redis: string;
}

/** Writes the connection Secret's files and returns the variables by which a pod is told about both Secrets. */
export async function writeConnection(
  directory: string,
  urls: ConnectionUrls,
): Promise<Readonly<Record<string, string>>> {
  const connection = connectionDirectory(directory);
  await mkdir(connection, { recursive: true, mode: 0o700 });
  await writeFile(join(connection, 'database-url'), urls.database, { mode: 0o600 });
  await writeFile(join(connection, 'redis-url'), urls.redis, { mode: 0o600 });
  return {
    DATABASE_URL_FILE: join(connection, 'database-url'),
    DATABASE_PASSWORD_FILE: join(credentialsDirectory(directory), files.databasePassword),
    REDIS_URL_FILE: join(connection, 'redis-url'),
    REDIS_PASSWORD_FILE: join(credentialsDirectory(directory), files.redisPassword),
  };
}
