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

/** Ends the agent that has been ready for longest, without any drain; the Deployment makes another. */
export async function killAgent({ objects, record }: World): Promise<void> {
  const agents = agentPods(record).filter(isReady);
  const [oldest] = [...agents].sort((a, b) => createdAtMs(a) - createdAtMs(b));
  // Nobody is there to be killed while all of them wait for the database.
  if (oldest?.metadata?.name === undefined) return;
  await objects.delete('Pod', oldest.metadata.name, { gracePeriodSeconds: 0 });
}

function createdAtMs({ metadata }: { readonly metadata?: { readonly creationTimestamp?: Date } }): number {
  return metadata?.creationTimestamp?.getTime() ?? 0;
}
