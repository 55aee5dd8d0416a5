import type { LoadRequest } from '../load/load-request.ts';
import type { ServerProcess } from '../servers/server-process.ts';

/** One way to be answered, measured beside the others. */
export interface Leg {
  readonly name: LegName;

  readonly server: ServerProcess;
  readonly request: LoadRequest;
  /** The only outcome that may be counted: status and `x-cache`. */
  readonly expected: string;
}

export type LegName = keyof typeof legs;
export type LegGroup = 'cached' | 'asked' | 'streamed';

/** Order in which legs are listed, and what they are. */
export const legs = {
  'fastify-hello': { group: 'cached', text: 'bare Fastify, hello' },
  'fastify-redis': { group: 'cached', text: 'Fastify + one Redis GET, nothing read' },
  'fastify-answer': { group: 'cached', text: 'Fastify + one Redis GET, the question read' },
  'agent-process': { group: 'cached', text: 'agent, hit in the process' },
  'agent-redis': { group: 'cached', text: 'agent, hit in Redis' },
  'portkey-cache': { group: 'cached', text: 'Portkey, cache asked for (npm build: off)' },
  'upstream-asked': { group: 'asked', text: 'upstream called directly' },
  'agent-bypass': { group: 'asked', text: 'agent, cache bypassed' },
  'agent-miss': { group: 'asked', text: 'agent, miss, kept in Redis' },
  'portkey-asked': { group: 'asked', text: 'Portkey' },
  'upstream-streamed': { group: 'streamed', text: 'upstream called directly' },
  'agent-streamed': { group: 'streamed', text: 'agent, miss, kept in Redis' },
} as const satisfies Readonly<Record<string, { readonly group: LegGroup; readonly text: string }>>;
