import { once } from 'node:events';
import { createServer } from 'node:net';
import { LocalStackError } from './local-stack-error.ts';

const host = '127.0.0.1';

/** A port that nothing listened on a moment ago. */
export async function findFreePort(): Promise<number> {
  const port = await tryListen(0);
  if (port === undefined) throw new LocalStackError('port-in-use', { what: 'any server', value: 0 });
  return port;
}

/** Throws when something listens on the port already. */
export async function assertPortIsFree(port: number, what: string): Promise<void> {
  if ((await tryListen(port)) === undefined) throw new LocalStackError('port-in-use', { what, value: port });
}

async function tryListen(wanted: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(wanted, host);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
