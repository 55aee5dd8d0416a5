import { agentPods } from '../../world/agent-pods.ts';
import { isReady } from '../../world/pod-facts.ts';
import type { World } from '../../world/world.ts';

/** Long enough for a container that has failed a few times to be started again. */
const timeoutMs = 180_000;

/** Waits until every agent is ready and there are as many as wanted. */
export async function waitForAgents({ waitFor, release }: World): Promise<void> {
  await waitFor(
    'every agent to be ready',
    (state) => {
      const wanted = state.find('Deployment', release)?.spec?.replicas;
      const pods = agentPods(state);
      return pods.length === wanted && pods.every(isReady);
    },
    { timeoutMs },
  );
}

/** Waits until no agent takes requests. */
export async function waitForNoAgent({ waitFor }: World): Promise<void> {
  await waitFor('no agent to be ready', (state) => !agentPods(state).some(isReady), { timeoutMs });
}
