import type { V1Pod } from '@kubernetes/client-node';
import type { NamespaceState } from '../recorder/namespace-record.ts';
import { agentPods } from './agent-pods.ts';
import { isReady } from './pod-facts.ts';
import type { World } from './world.ts';

const timeoutMs = 180_000;

/**
 * Waits until as many agents are ready as the Deployment wants, and returns them. After a rollout too: Helm has seen
 * its end, and the record may hear of it a moment later.
 */
export async function waitForAgents({
  waitFor,
  objects,
  release,
}: Pick<World, 'waitFor' | 'objects' | 'release'>): Promise<readonly V1Pod[]> {
  const { spec } = await objects.get('Deployment', release);
  const look = (state: NamespaceState) => {
    const ready = agentPods(state).filter(isReady);
    return ready.length === spec?.replicas && ready;
  };
  return waitFor('as many agents to be ready as are wanted', look, { timeoutMs });
}
