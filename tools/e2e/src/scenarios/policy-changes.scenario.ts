import { checkEqual, checkSucceeded, checkThat } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import type { World } from '../world/world.ts';
import { denyByDefault, startStranger } from './network-policy/start-surroundings.ts';

const questions = 2000;
/** Fewer say little. With a daemon that loses what waits, 19 to 32 of the 4,000 datagrams did not come back. */
const fewestChanges = 20;

/** A lost question costs a pod the five seconds after which a resolver asks again, and other scenarios a request. */
export const policyChanges: Scenario = {
  name: 'policy-changes',
  title: 'No question to the DNS is lost while a pod changes that policies select',
  subject: 'cluster',
  helm: [4],
  needs: ['machines', 'network-policy'],
  deadlineMs: 300_000,
  async run(world) {
    await world.step('a pod runs that policies select', async () => {
      await denyByDefault(world);
      await startStranger(world);
    });
    const { lost, changes } = await world.step('it changes while it asks', () => askWhileChanging(world));
    checkEqual(lost, 0, `datagrams that did not come back, of ${questions} questions`);
    checkThat(changes >= fewestChanges, 'changes of the pod meanwhile', {
      expected: `${fewestChanges} or more`,
      actual: changes,
    });
    world.note('changes meanwhile', changes);
  },
};

async function askWhileChanging(world: World): Promise<{ readonly lost: number; readonly changes: number }> {
  const running = new AbortController();
  const asking = askNames(world).finally(() => running.abort());
  const changes = await changeUntil(world, running.signal);
  const { sent, received } = await asking;
  return { lost: sent - received, changes };
}

async function askNames({ kubectl }: World): Promise<{ readonly sent: number; readonly received: number }> {
  const program = ['node', '/e2e/ask-names-main.ts', 'kubernetes.default.svc.cluster.local.', String(questions)];
  return JSON.parse(checkSucceeded(await kubectl(['exec', 'stranger', '--', ...program])).stdout);
}

async function changeUntil({ objects }: World, signal: AbortSignal): Promise<number> {
  let changes = 0;
  for (; !signal.aborted; changes += 1)
    await objects.patch('Pod', 'stranger', { metadata: { annotations: { 'task-api-e2e/change': String(changes) } } });
  return changes;
}
