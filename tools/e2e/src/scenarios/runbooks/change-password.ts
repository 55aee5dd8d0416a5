import { agentPods } from '../../world/agent-pods.ts';
import type { World } from '../../world/world.ts';
import { waitForNoAgent } from './wait-for-agents.ts';

const secret = 'task-api-credentials';

/** Puts another password of the agent's user into the Secret, lets agents start with it, and returns the old one. */
export async function changePassword(world: World, password: string): Promise<string> {
  const { data = {} } = await world.objects.get('Secret', secret);
  await world.objects.patch('Secret', secret, { stringData: { password } });
  await deleteAgents(world);
  return Buffer.from(data.password ?? '', 'base64').toString();
}

/** Agents whose password does not fit. */
export async function misfitPassword(world: World): Promise<string> {
  const old = await changePassword(world, 'another-password');
  await waitForNoAgent(world);
  return old;
}

/** Ends all agents at once; the Deployment makes others. */
export async function deleteAgents({ objects, record }: World): Promise<void> {
  const pods = agentPods(record).map(({ metadata }) => metadata?.name ?? '');
  await Promise.all(pods.map((name) => objects.delete('Pod', name, { gracePeriodSeconds: 1 })));
}
