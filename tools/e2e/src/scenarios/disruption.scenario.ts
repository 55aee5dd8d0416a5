import { checkSucceeded, checkThat } from '../check.ts';
import { checkIntegrity, checkLoad } from '../load/check-load.ts';
import type { LoadReport } from '../load/program/load-report.ts';
import type { Load } from '../load/start-load.ts';
import type { Scenario } from '../scenario.ts';
import { quickValues } from '../world/quick-values.ts';
import { waitForAgents } from '../world/wait-for-agents.ts';
import type { World } from '../world/world.ts';
import { crashDatabase } from './disruption/crash-database.ts';
import { killAgent, killStatefulPod } from './disruption/kill-pod.ts';

export const disruption: Scenario = {
  name: 'disruption',
  title:
    'PostgreSQL, Redis and agents are killed again and again: nothing acknowledged is lost, without Redis nothing fails',
  helm: [4],
  deadlineMs: 1_800_000,
  async run(world) {
    checkSucceeded(await world.step('install', () => world.helm.install({ values: [quickValues] })));
    await world.step('Redis is killed under load: no request fails', () => checkRedisLoss(world));
    const report = await world.step('PostgreSQL and agents are killed under load', () => killUnderLoad(world));
    checkIntegrity(report);
    await world.step('everything is ready again', () => waitForAgents(world));
    checkSucceeded(await world.step('helm test', () => world.helm.test()));
  },
};

const redisKills = 5;
const databaseKills = { usual: 20, soak: 100 } as const;
/** Every so many kills the pod goes, and not only the processes in it. */
const podEvery = 4;
/** Requests between one kill and the next. */
const requestsBetween = 20;
const load = { verifyDeadlineMs: 180_000 } as const;

async function checkRedisLoss(world: World): Promise<void> {
  const uncached = await world.startLoad({ ...load, name: 'uncached', requestsPerSecond: 30 });
  for (let kill = 0; kill < redisKills; kill += 1) {
    await reachMore(uncached);
    await killStatefulPod(world, 'task-api-redis-master-0');
  }
  await reachMore(uncached);
  const report = await uncached.stop();
  checkLoad(report);
  checkThat((report.cache.DEGRADED ?? 0) > 0, 'answers without the cache', {
    expected: 'some that say x-cache: DEGRADED',
    actual: report.cache,
  });
  world.note('Redis kills', `${redisKills}, ${report.cache.DEGRADED} answers without cache, 0 failures`);
}

async function killUnderLoad(world: World): Promise<LoadReport> {
  const kills = world.isSoak ? databaseKills.soak : databaseKills.usual;
  const endured = await world.startLoad({ ...load, name: 'endured', requestsPerSecond: 15 });
  for (let kill = 1; kill <= kills; kill += 1) {
    await reachMore(endured);
    if (kill % podEvery === 0) await killStatefulPod(world, 'task-api-postgresql-0');
    else await crashDatabase(world);
    if (kill % podEvery === 1) await killAgent(world);
  }
  await waitForAgents(world);
  await reachMore(endured);
  const report = await endured.stop();
  world.note('PostgreSQL kills', kills);
  world.note('failed while it was down', `${report.failed} of ${report.requests}`);
  world.note('acknowledged', `${report.integrity.tasksAcknowledged} tasks, ${report.integrity.runsAcknowledged} runs`);
  return report;
}

/** `reached` reads the newest number, from which the next goal is counted. */
async function reachMore(load: Load): Promise<void> {
  await load.reached(0);
  await load.reached(load.progress().requests + requestsBetween);
}
