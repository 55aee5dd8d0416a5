import { KeptParts } from '../servers/kept-parts.ts';
import { type ServerProcess, startServerProcess } from '../servers/server-process.ts';
import { startAgent } from '../servers/start-agent.ts';
import { type Backends, program, startBackends } from '../servers/start-backends.ts';
import { startPortkey } from '../servers/start-portkey.ts';

/** Everything that a comparison needs, all of it running at the same time on this machine. */
export interface Stage extends Backends {
  readonly hello: ServerProcess;
  readonly redisGet: ServerProcess;
  readonly redisAnswer: ServerProcess;
  readonly agent: ServerProcess;
  readonly portkey: ServerProcess | undefined;
  stop(): Promise<void>;
}

export interface StageOptions {
  /** Key of Redis that the peers with one GET read. */
  readonly redisKey: string;
  readonly withPortkey: 'yes' | 'no';
}

/** Starts all of it; what has started is stopped again when something does not start. */
export async function startStage(options: StageOptions): Promise<Stage> {
  const parts = new KeptParts();
  try {
    return { ...(await startParts(options, parts)), stop: () => parts.stop() };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function startParts({ redisKey, withPortkey }: StageOptions, parts: KeptParts): Promise<Omit<Stage, 'stop'>> {
  const backends = await startBackends(parts);
  const start = (what: string, args: (port: number) => readonly string[]) =>
    parts.keep(startServerProcess({ what, arguments: args }));
  return {
    ...backends,
    hello: await start('bare Fastify', program('hello-main.ts')),
    redisGet: await start('Fastify with Redis', program('redis-get-main.ts', backends.redis.url, redisKey)),
    redisAnswer: await start(
      'Fastify that answers from Redis',
      program('redis-answer-main.ts', backends.redis.url, redisKey),
    ),
    agent: await parts.keep(startAgent(backends)),
    portkey: withPortkey === 'yes' ? await parts.keep(startPortkey()) : undefined,
  };
}
