import { checkEqual, checkSucceeded, checkThat } from '../check.ts';
import { checkAcknowledged, checkIntegrity } from '../load/check-load.ts';
import type { Acknowledged, LoadReport } from '../load/program/load-report.ts';
import type { Scenario } from '../scenario.ts';
import { agentPods } from '../world/agent-pods.ts';
import { isReady } from '../world/pod-facts.ts';
import { quickValues } from '../world/quick-values.ts';
import type { World } from '../world/world.ts';
import { reachMore } from './disruption/reach-more.ts';
import { writesDuring } from './disruption/writes-during.ts';

const agents = 3;
const recoveryTimeoutMs = 240_000;
/** Requests that are made while all is well, before and after. */
const requestsInPeace = 200;
/** Of so many requests; about a fifth of what is usual. */
const fewestInPeace: Acknowledged = { tasks: 6, runs: 3 };

export const disruptionNode: Scenario = {
  name: 'disruption-node',
  title: 'A node loses its power: agents move, the database comes back with its node, nothing acknowledged is lost',
  helm: [4],
  needs: ['machines'],
  stopsNodes: 'unpowered',
  deadlineMs: 900_000,
  async run(world) {
    const values = [quickValues, { replicaCount: agents }];
    checkSucceeded(await world.step('install', () => world.helm.install({ values })));
    await world.alone(() => losePower(world));
  },
};

async function losePower(world: World): Promise<void> {
  const places = await placesOf(world);
  await world.step(`${places.other}, with agents only, loses its power`, () => loseAgents(world, places));
  await world.step(`${places.database}, with the database, loses its power`, () => loseDatabase(world, places));
  checkSucceeded(await world.step('helm test', () => world.helm.test()));
}

interface Places {
  readonly database: string;
  /** Neither of the database nor of the cluster's one DNS server. */
  readonly other: string;
}

async function placesOf({ objects, cluster, kubectl }: World): Promise<Places> {
  const database = (await objects.get('Pod', 'task-api-postgresql-0')).spec?.nodeName ?? '';
  const names = ['--selector=k8s-app=kube-dns', '--output=jsonpath={.items[*].spec.nodeName}'];
  const dns = checkSucceeded(await kubectl(['get', 'pods', '--namespace=kube-system', ...names])).stdout.split(' ');
  const other = cluster.nodes.find((node) => node !== database && !dns.includes(node)) ?? '';
  return { database, other };
}

/** Two thirds of the agents go on: seconds of their work. */
const fewestWhileMoving: Acknowledged = { tasks: 3, runs: 1 };

/** Requests fail until the cluster has noticed, and none does after the agents of the node have been replaced. */
async function loseAgents(world: World, { database, other }: Places): Promise<void> {
  await waitForAgents(world, () => true);
  const load = await world.startLoad({ name: 'moved', requestsPerSecond: 20, node: database, requestTimeoutMs: 5000 });
  await load.reached(100);
  try {
    const meanwhile = await writesDuring(load, () => replaceAgents(world, other));
    const replacedAtMs = Date.now();
    await reachMore(load, requestsInPeace);
    const report = await load.stop();
    checkQuiet(report, replacedAtMs);
    checkIntegrity(report, fewestInPeace);
    checkAcknowledged(meanwhile, fewestWhileMoving, 'acknowledged writes until the agents had been replaced');
  } finally {
    await world.machines().bootNode(other);
  }
  await waitForNode(world, other);
}

async function replaceAgents(world: World, lost: string): Promise<void> {
  const crashedAtMs = Date.now();
  await world.machines().crashNode(lost);
  await waitForAgents(world, (node) => node !== lost);
  world.note('power cut to agents replaced', seconds(Date.now() - crashedAtMs));
}

/** A request that was under way as the last pod was replaced may still run into its timeout. */
const settleMs = 6000;

function checkQuiet({ seconds, failed, requests }: LoadReport, sinceMs: number): void {
  const late = seconds.filter(({ atMs, failed }) => failed > 0 && atMs > sinceMs + settleMs);
  checkEqual(late, [], `seconds with failures after the agents had been replaced (${failed} of ${requests} failed)`);
}

/** The volume is on that node, so the database is where it is: gone, and back with everything that it had confirmed. */
async function loseDatabase(world: World, { database, other }: Places): Promise<void> {
  const options = { verifyDeadlineMs: 240_000, requestTimeoutMs: 5000 };
  const load = await world.startLoad({ name: 'survived', requestsPerSecond: 40, node: other, ...options });
  const before = await writesDuring(load, () => reachMore(load, requestsInPeace));
  await loseAndRecover(world, database);
  const after = await writesDuring(load, () => reachMore(load, requestsInPeace));
  const report = await load.stop();
  checkThat(report.failed > 0, 'failed requests while the database had no power', { expected: 'some', actual: 0 });
  checkIntegrity(report, fewestInPeace);
  checkAcknowledged(before, fewestInPeace, 'acknowledged writes before the database lost its power');
  checkAcknowledged(after, fewestInPeace, 'acknowledged writes after the database had recovered');
}

async function loseAndRecover(world: World, database: string): Promise<void> {
  const crashedAtMs = Date.now();
  await world.machines().crashNode(database);
  try {
    await waitForReadiness(world, database, 'False or Unknown');
    world.note('power cut to node not ready', seconds(Date.now() - crashedAtMs));
  } finally {
    await world.machines().bootNode(database);
  }
  const bootedAtMs = Date.now();
  await waitForDatabase(world, bootedAtMs);
  await waitForAgents(world, () => true);
  world.note('power back to everything ready', seconds(Date.now() - bootedAtMs));
}

async function waitForDatabase({ waitFor }: World, sinceMs: number): Promise<void> {
  const isNew = ({ lastTransitionTime }: { readonly lastTransitionTime?: Date }) =>
    (lastTransitionTime?.getTime() ?? 0) >= sinceMs - 1000;
  await waitFor(
    'the database to be ready again',
    (state) => {
      const pod = state.find('Pod', 'task-api-postgresql-0');
      const ready = pod?.status?.conditions?.find(({ type }) => type === 'Ready');
      return pod !== undefined && isReady(pod) && ready !== undefined && isNew(ready);
    },
    { timeoutMs: recoveryTimeoutMs },
  );
}

async function waitForAgents({ waitFor }: World, counts: (node: string) => boolean): Promise<void> {
  await waitFor(
    `${agents} agents to be ready`,
    (state) => {
      const pods = agentPods(state).filter(isReady);
      return pods.filter(({ spec }) => counts(spec?.nodeName ?? '')).length === agents;
    },
    { timeoutMs: recoveryTimeoutMs },
  );
}

function waitForNode(world: World, node: string): Promise<void> {
  return waitForReadiness(world, node, 'True');
}

async function waitForReadiness({ objects, eventually }: World, node: string, wanted: string): Promise<void> {
  await eventually(`node ${node} to be ready: ${wanted}`, async () => {
    const { status } = await objects.get('Node', node);
    const found = status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
    checkThat(wanted.includes(found), `readiness of node ${node}`, { expected: wanted, actual: found });
  });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
