import type { V1Pod } from '@kubernetes/client-node';
import { checkSucceeded, checkThat } from '../check.ts';
import { checkLoad } from '../load/check-load.ts';
import type { Observation } from '../recorder/observation.ts';
import type { Scenario } from '../scenario.ts';
import { agentPods } from '../world/agent-pods.ts';
import { quickValues } from '../world/quick-values.ts';
import { waitForAgents } from '../world/wait-for-agents.ts';
import type { World } from '../world/world.ts';
import { fewestReady } from './disruption/fewest-ready.ts';

const agents = 3;
/** Label that tells them from the agents of other namespaces. */
const drainable = 'e2e/drainable';
/** The requests before the drain alone usually make twice as many. */
const fewestWrites = { tasks: 8, runs: 4 } as const;

export const disruptionDrain: Scenario = {
  name: 'disruption-drain',
  title: 'Two nodes are drained at once: agents go one by one, and no request fails',
  helm: [4],
  needs: ['machines'],
  stopsNodes: 'drained',
  deadlineMs: 480_000,
  async run(world) {
    const values = [quickValues, { replicaCount: agents, podLabels: { [drainable]: 'yes' } }];
    checkSucceeded(await world.step('install', () => world.helm.install({ values })));
    await world.alone(() => drainUnderLoad(world));
  },
};

async function drainUnderLoad(world: World): Promise<void> {
  const [stays = '', ...drained] = await placesOf(world);
  const load = await world.startLoad({ requestsPerSecond: 30, node: stays });
  await load.reached(100);
  const before = agentPods(world.record);
  const seen = world.record.historyOf('Pod').length;
  try {
    await world.step(`${drained.join(' and ')} are drained at once`, () => drain(world, drained));
    await waitForAgents(world);
  } finally {
    await uncordon(world, drained);
  }
  const report = await world.step('the load ends', () => load.stop());
  checkBudget({ before, changes: world.record.historyOf('Pod').slice(seen) });
  checkLoad(report, { fewestWrites });
}

/** First the node that stays: of the database, whose volume cannot go elsewhere. */
async function placesOf({ objects, cluster }: World): Promise<readonly string[]> {
  const database = await objects.get('Pod', 'task-api-postgresql-0');
  const stays = database.spec?.nodeName ?? '';
  return [stays, ...cluster.nodes.filter((node) => node !== stays)];
}

/** Agents only: the cluster's one DNS server, and volumes that cannot move, are not what is drained here. */
async function drain({ kubectl }: World, nodes: readonly string[]): Promise<void> {
  const selector = `--pod-selector=${drainable}`;
  const flags = ['--ignore-daemonsets', '--delete-emptydir-data', '--timeout=180s', selector];
  const results = await Promise.all(nodes.map((node) => kubectl(['drain', node, ...flags])));
  for (const result of results) checkSucceeded(result);
}

async function uncordon({ kubectl }: World, nodes: readonly string[]): Promise<void> {
  for (const node of nodes) checkSucceeded(await kubectl(['uncordon', node]));
}

interface Moves {
  readonly before: readonly V1Pod[];
  readonly changes: readonly Observation<'Pod'>[];
}

function checkBudget({ before, changes }: Moves): void {
  const ofAgents = changes.filter(({ object }) => object.metadata?.labels?.['app.kubernetes.io/component'] === 'agent');
  const moved = ofAgents.filter(({ change }) => change === 'deleted').length;
  checkThat(moved > 1, 'agents that had to move', { expected: 'two at least', actual: moved });
  const fewest = fewestReady(before, ofAgents);
  checkThat(fewest >= agents - 1, 'agents that were ready at the same time during the drain', {
    expected: `${agents - 1} at least, by podDisruptionBudget.maxUnavailable`,
    actual: fewest,
  });
}
