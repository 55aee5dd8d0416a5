import { createClient } from './api-client.ts';
import { completion, startUpstream, type Upstream, uncachedModelOf } from './mock-upstream.ts';
import { startTestAgent, type TestAgent } from './test-agent.ts';

/** An agent that asks a model which the test answers for, and a client of it. */
export interface AgentOnUpstream {
  readonly upstream: Upstream;
  readonly agent: TestAgent;
  readonly api: ReturnType<typeof createClient>;
}

/** Starts them; `stopTestAgents` ends both. */
export async function startAgentOnUpstream(): Promise<AgentOnUpstream> {
  const upstream = await startUpstream();
  const agent = await startTestAgent({ env: uncachedModelOf(upstream) });
  return { upstream, agent, api: createClient(agent.url) };
}

/** Has each answer wait for its last word until the returned function lets it end: nothing hangs on how fast the machine is. */
export function holdAnswers({ upstream }: Pick<AgentOnUpstream, 'upstream'>): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  upstream.respondWith(completion('one two three', { until: promise }));
  return resolve;
}
