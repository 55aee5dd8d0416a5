import type pg from 'pg';
import { AgentError } from '../agent-error.ts';
import type { ConnectionConfig } from '../config/parse-config.ts';

type Encryption = NonNullable<pg.ClientConfig['ssl']>;

/**
 * What PostgreSQL's own programs mean by `sslmode`. The modes that go on without encryption where there is none are
 * not among them: they protect nobody, and the driver cannot fall back.
 */
const encryptionOf: ReadonlyMap<string, Encryption> = new Map<string, Encryption>([
  ['disable', false],
  ['require', { rejectUnauthorized: false }],
  ['verify-ca', { rejectUnauthorized: true, checkServerIdentity: () => undefined }],
  ['verify-full', { rejectUnauthorized: true }],
]);

/** What the driver needs for the database of the URL, by every command that connects to it. */
export function connectionOptions({ url, password }: ConnectionConfig): pg.ClientConfig {
  const mode = url.searchParams.get('sslmode');
  return {
    host: decodeURIComponent(url.hostname).replace(/^\[|\]$/g, ''),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    ...(password && { password: () => password.reveal() }),
    ...(mode !== null && { ssl: parseEncryption(mode) }),
  };
}

function parseEncryption(mode: string): Encryption {
  const encryption = encryptionOf.get(mode);
  if (encryption !== undefined) return encryption;
  throw new AgentError('config-invalid', {
    subject: 'sslmode of DATABASE_URL',
    value: mode,
    allowed: [...encryptionOf.keys()].join(', '),
  });
}
