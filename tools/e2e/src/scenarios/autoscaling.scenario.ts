import { checkSucceeded, checkThat } from '../check.ts';
import { checkLoad } from '../load/check-load.ts';
import type { Scenario } from '../scenario.ts';
import { agentPods } from '../world/agent-pods.ts';
import { patientValues } from '../world/patient-values.ts';
import { isReady } from '../world/pod-facts.ts';
import type { World } from '../world/world.ts';

const fewest = 2;
const most = 4;
const targetUtilization = 60;

export const autoscaling: Scenario = {
  name: 'autoscaling',
  title: 'Load brings pods, an upgrade leaves their number alone, quiet takes them away, and no request fails',
  helm: [4],
  needs: ['metrics'],
  deadlineMs: 700_000,
  async run(world) {
    checkSucceeded(await world.step('install', () => world.helm.install({ values: [patientValues, scaling] })));
    await world.step('the autoscaler knows that nothing happens', () => waitForCalm(world));
    const busy = await world.startLoad({ name: 'busy', requestsPerSecond: 30, workers: 16, mix: costly });
    await world.step('load brings pods', () => waitForMore(world));
    await world.step('an upgrade leaves their number alone', () => checkUpgrade(world));
    const quiet = await world.startLoad({ name: 'quiet', requestsPerSecond: 1 });
    checkLoad(await world.step('the load ends', () => busy.stop()), { fewestRequests: 200 });
    await world.step('quiet takes them away', () => waitForFewest(world));
    checkLoad(await world.step('no request met a pod that was going', () => quiet.stop()));
  },
};

/** A window that is shorter than Kubernetes' five minutes; the rest are defaults. */
const scaling = {
  resources: { requests: { cpu: '40m', memory: '128Mi' } },
  autoscaling: {
    enabled: true,
    minReplicas: fewest,
    maxReplicas: most,
    targetCPUUtilizationPercentage: targetUtilization,
    behavior: { scaleDown: { stabilizationWindowSeconds: 10 } },
  },
};

const costly = { chat: 3, 'chat-stream': 2, create: 2, list: 2, run: 1 } as const;

/** Readings come every ten seconds, and a new pod has none at first. */
const readingTimeoutMs = 240_000;

/** Starting costs CPU time too, for which the autoscaler may have brought pods that it takes away again. */
async function waitForCalm({ waitFor, release }: World): Promise<void> {
  await waitFor(
    `${fewest} agents, whose CPU time the autoscaler knows`,
    (state) => {
      const { status } = state.find('HorizontalPodAutoscaler', release) ?? {};
      const utilization = status?.currentMetrics?.[0]?.resource?.current?.averageUtilization ?? Number.NaN;
      const isCalm = utilization < targetUtilization && agentPods(state).length === fewest;
      return isCalm && status?.desiredReplicas === fewest;
    },
    { timeoutMs: readingTimeoutMs },
  );
}

async function replicasOf({ objects, release }: World): Promise<number | undefined> {
  return (await objects.get('Deployment', release)).spec?.replicas;
}

async function waitForMore({ waitFor, note }: World): Promise<void> {
  const startedAtMs = Date.now();
  await waitFor(
    'more agents to be ready than there were',
    (state) => {
      const agents = agentPods(state);
      return agents.filter(isReady).length > fewest;
    },
    { timeoutMs: readingTimeoutMs },
  );
  note('load to one pod more', `${((Date.now() - startedAtMs) / 1000).toFixed(1)} s`);
}

/** Helm says nothing about the number; if it did, pods would go in the middle of the load. */
async function checkUpgrade(world: World): Promise<void> {
  const before = (await replicasOf(world)) ?? 0;
  const seen = world.record.historyOf('Deployment', world.release).length;
  const values = [patientValues, scaling, { config: { rateLimitPerMinute: 0, logLevel: 'warn' } }];
  checkSucceeded(await world.helm.upgrade({ values }));
  const since = world.record.historyOf('Deployment', world.release).slice(seen);
  const replicas = since.map(({ object }) => object.spec?.replicas ?? 0);
  checkThat(replicas.length > 0, 'changes of the Deployment in the upgrade', { expected: 'some', actual: 'none' });
  checkThat(Math.min(...replicas) >= before, 'the replicas of the Deployment during an upgrade', {
    expected: `${before} or more, as the autoscaler has decided`,
    actual: replicas,
  });
}

async function waitForFewest({ waitFor, release, note }: World): Promise<void> {
  const startedAtMs = Date.now();
  await waitFor(
    `the agents to be ${fewest} again`,
    (state) => {
      const agents = agentPods(state);
      return state.find('Deployment', release)?.spec?.replicas === fewest && agents.length === fewest;
    },
    { timeoutMs: readingTimeoutMs },
  );
  note(`end of the load to ${fewest} pods`, `${((Date.now() - startedAtMs) / 1000).toFixed(1)} s`);
}
