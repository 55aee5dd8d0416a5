import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileCacheEnvironment } from '@task-api/local-stack';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import type { Backends } from './start-backends.ts';

/** Options of Node before the program, such as a profiler. */
const nodeOptions = process.env.BENCH_AGENT_NODE_OPTIONS?.split(' ') ?? [];

export const agentMain = join(import.meta.dirname, '../../../../apps/agent/src/main.ts');

/** The agent as it is configured by default, with a rate limit that is counted but not reached. */
export async function startAgent(
  backends: Backends,
  variables: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const env = { ...(await compileCacheEnvironment()), ...environmentOf(backends), ...variables };
  await promisify(execFile)(process.execPath, [agentMain, 'migrate', 'up'], {
    env: { PATH: process.env.PATH, ...env },
  });
  return startServerProcess({
    what: 'the agent',
    arguments: () => [...nodeOptions, agentMain, 'serve', '--host', '127.0.0.1'],
    env: (port) => ({ ...env, PORT: String(port) }),
    readyPath: '/readyz',
  });
}

function environmentOf({ postgres, redis, upstream }: Backends): Readonly<Record<string, string>> {
  return {
    DATABASE_URL: postgres.url(),
    REDIS_URL: redis.url,
    MODEL_PROVIDER: 'openai-compatible',
    MODEL_BASE_URL: `${upstream.url}/v1`,
    MODEL_NAME: 'mock',
    RATE_LIMIT_PER_MINUTE: '10000000',
    DRAIN_DELAY_MS: '0',
  };
}
