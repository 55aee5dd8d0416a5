import { readFile } from 'node:fs/promises';
import { LocalStackError } from './local-stack-error.ts';

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const candidates = ['postgres', 'nobody'];

/** Whom PostgreSQL runs as: ourselves (undefined), or for root an unprivileged user, because PostgreSQL refuses root. */
export async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const name = candidates.find((candidate) => users.has(candidate));
  const user = name === undefined ? undefined : users.get(name);
  if (user === undefined) throw new LocalStackError('no-unprivileged-user', {});
  return user;
}

function parsePasswd(text: string): ReadonlyMap<string, ServerUser> {
  const rows = text.split('\n').map((line) => line.split(':'));
  return new Map(rows.map(([name = '', , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]));
}
