import { join } from 'node:path';
import { type PostgresServer, type RedisServer, startPostgres, startRedis } from '@task-api/local-stack';
import type { KeptParts } from './kept-parts.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** What an agent needs around it: real servers, and a model endpoint that answers at once. */
export interface Backends {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly upstream: ServerProcess;
}

/** Starts them, empty. */
export async function startBackends(parts: KeptParts): Promise<Backends> {
  const directory = await parts.keep(makeTemporaryDirectory());
  return {
    postgres: await parts.keep(startPostgres({ directory: join(directory.path, 'postgres') })),
    redis: await parts.keep(startRedis({ implementation: 'redis-server' })),
    upstream: await parts.keep(startServerProcess({ what: 'the upstream', arguments: program('upstream-main.ts') })),
  };
}

/** Arguments of Node for a server of this folder. */
export function program(file: string, ...rest: readonly string[]): (port: number) => readonly string[] {
  return (port) => [join(import.meta.dirname, file), String(port), ...rest];
}
