import { checkSucceeded } from '../../check.ts';
import { agentPods } from '../../world/agent-pods.ts';
import { isReady } from '../../world/pod-facts.ts';
import type { World } from '../../world/world.ts';

/** Ends the process of every agent; the kubelet starts it again in the same pod. */
export async function restartAgents({ kubectl, record, waitFor }: World): Promise<void> {
  const names = agentPods(record).map(({ metadata }) => metadata?.name ?? '');
  for (const name of names)
    checkSucceeded(await kubectl(['exec', name, '--container=agent', '--', 'bash', '-c', 'kill 1']));
  await waitFor('every agent to have been started again', (state) => {
    const pods = agentPods(state).filter(({ metadata }) => names.includes(metadata?.name ?? ''));
    return pods.length === names.length && pods.every((pod) => isReady(pod) && restartsOf(pod.status) > 0);
  });
}

function restartsOf(
  status: { readonly containerStatuses?: readonly { readonly restartCount: number }[] } | undefined,
): number {
  return status?.containerStatuses?.[0]?.restartCount ?? 0;
}
