import type { NamespaceState } from '../../recorder/namespace-record.ts';
import { agentPods } from '../../world/agent-pods.ts';
import { isReady } from '../../world/pod-facts.ts';
import type { World } from '../../world/world.ts';

/** One second: whoever needs longer for an orderly end is killed. */
const gracePeriodSeconds = 1;
const recoveryTimeoutMs = 180_000;

/** Deletes a pod of a StatefulSet, which gets no time to end, and waits until another one of its name is ready. */
export async function killStatefulPod({ objects, waitFor }: World, name: string): Promise<void> {
  const { metadata } = await objects.get('Pod', name);
  await objects.delete('Pod', name, { gracePeriodSeconds });
  await waitFor(
    `another pod ${name} to be ready`,
    (state) => {
      const pod = state.find('Pod', name);
      return pod !== undefined && pod.metadata?.uid !== metadata?.uid && isReady(pod);
    },
    { timeoutMs: recoveryTimeoutMs },
  );
}

/** Ends the oldest agent that is ready, without any drain; the Deployment makes another. */
export async function killAgent({ objects, waitFor }: Pick<World, 'objects' | 'waitFor'>): Promise<void> {
  // None is, while all of them wait for the database.
  const name = await waitFor('an agent to be ready, to be killed', oldestReady, { timeoutMs: recoveryTimeoutMs });
  await objects.delete('Pod', name, { gracePeriodSeconds: 0 });
}

function oldestReady(state: NamespaceState): string | undefined {
  const agents = agentPods(state).filter(isReady);
  const [oldest] = agents.sort((a, b) => createdAtMs(a) - createdAtMs(b));
  return oldest?.metadata?.name;
}

function createdAtMs({ metadata }: { readonly metadata?: { readonly creationTimestamp?: Date } }): number {
  return metadata?.creationTimestamp?.getTime() ?? 0;
}
