import { once } from 'node:events';
import { createServer } from 'node:net';
import { LocalStackError } from './local-stack-error.ts';

const host = '127.0.0.1';

/** A port that nothing listened on a moment ago. */
export async function findFreePort(): Promise<number> {
  return tryListen(0, 'any server');
}

/** Throws when something listens on the port already, and when nothing may. */
export async function assertPortIsFree(port: number, what: string): Promise<void> {
  await tryListen(port, what);
}

async function tryListen(wanted: number, what: string): Promise<number> {
  const server = createServer();
  try {
    server.listen(wanted, host);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' ? (address?.port ?? wanted) : wanted;
  } catch (cause) {
    throw unusable(cause, { what, value: wanted });
  } finally {
    server.close();
  }
}

function unusable(cause: unknown, facts: { readonly what: string; readonly value: number }): LocalStackError {
  // What a listener fails with is the system's error.
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new LocalStackError('port-in-use', facts, { cause });
  return new LocalStackError('port-unusable', { ...facts, detail: message }, { cause });
}
