import { setTimeout as pause } from 'node:timers/promises';
import { checkEqual, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import type { World } from '../world/world.ts';
import { denyByDefault, startStranger } from './network-policy/start-surroundings.ts';

/** With a daemon that loses what waits, 5 and 8 of some 2,000 datagrams did not come back in two runs. */
const changes = 50;
/** A quiet cluster would be through before the first question. */
const intervalMs = 100;
/** Asked at a time, again and again while the pod changes. */
const questions = 1000;

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
    const { asked, lost } = await world.step(`it changes ${changes} times while it asks`, () =>
      askWhileChanging(world),
    );
    checkEqual(lost, 0, `datagrams that did not come back, of ${asked} questions`);
    world.note('questions meanwhile', asked);
  },
};

interface Asked {
  readonly asked: number;
  readonly lost: number;
}

async function askWhileChanging(world: World): Promise<Asked> {
  const changed = new AbortController();
  const changing = change(world).finally(() => changed.abort());
  const [asked] = await Promise.all([askUntil(world, changed.signal), changing]);
  return asked;
}

async function askUntil(world: World, signal: AbortSignal): Promise<Asked> {
  let sum: Asked = { asked: 0, lost: 0 };
  while (!signal.aborted) {
    const { sent, received } = await askNames(world);
    sum = { asked: sum.asked + questions, lost: sum.lost + sent - received };
  }
  return sum;
}

async function askNames({ kubectl }: World): Promise<{ readonly sent: number; readonly received: number }> {
  const program = ['node', '/e2e/ask-names-main.ts', 'kubernetes.default.svc.cluster.local.', String(questions)];
  return JSON.parse(checkSucceeded(await kubectl(['exec', 'stranger', '--', ...program])).stdout);
}

async function change({ objects, signal }: World): Promise<void> {
  for (let round = 1; round <= changes; round += 1) {
    await objects.patch('Pod', 'stranger', { metadata: { annotations: { 'task-api-e2e/change': String(round) } } });
    await pause(intervalMs, undefined, { signal });
  }
}
