import { checkSucceeded, checkThat } from '../check.ts';
import { checkAcknowledged, checkIntegrity, checkLoad } from '../load/check-load.ts';
import type { Acknowledged, LoadReport } from '../load/program/load-report.ts';
import type { Load } from '../load/start-load.ts';
import type { Scenario } from '../scenario.ts';
import { quickValues } from '../world/quick-values.ts';
import { waitForAgents } from '../world/wait-for-agents.ts';
import type { World } from '../world/world.ts';
import { crashDatabase } from './disruption/crash-database.ts';
import { killAgent, killStatefulPod } from './disruption/kill-pod.ts';
import { reachMore } from './disruption/reach-more.ts';
import { writesDuring } from './disruption/writes-during.ts';

export const disruption: Scenario = {
  name: 'disruption',
  title:
    'PostgreSQL, Redis and agents are killed again and again: nothing acknowledged is lost, without Redis nothing fails',
  helm: [4],
  deadlineMs: 1_800_000,
  async run(world) {
    checkSucceeded(await world.step('install', () => world.helm.install({ values: [quickValues] })));
    await world.step('Redis is killed under load: no request fails', () => checkRedisLoss(world));
    await world.step('PostgreSQL and agents are killed under load', () => killUnderLoad(world));
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
const fewestUncached: Acknowledged = { tasks: 8, runs: 4 };
/** Of each kill of the database and the recovery from it; about a fifth of what is usual. */
const fewestPerKill: Acknowledged = { tasks: 2, runs: 1 };

async function checkRedisLoss(world: World): Promise<void> {
  const uncached = await world.startLoad({ ...load, name: 'uncached', requestsPerSecond: 30 });
  for (let kill = 0; kill < redisKills; kill += 1) {
    await reachMore(uncached, requestsBetween);
    await killStatefulPod(world, 'task-api-redis-master-0');
  }
  await reachMore(uncached, requestsBetween);
  const report = await uncached.stop();
  checkLoad(report, { fewestWrites: fewestUncached });
  checkThat((report.cache.DEGRADED ?? 0) > 0, 'answers without the cache', {
    expected: 'some that say x-cache: DEGRADED',
    actual: report.cache,
  });
  world.note('Redis kills', `${redisKills}, ${report.cache.DEGRADED} answers without cache, 0 failures`);
}

async function killUnderLoad(world: World): Promise<void> {
  const kills = world.isSoak ? databaseKills.soak : databaseKills.usual;
  const fewest = { tasks: fewestPerKill.tasks * kills, runs: fewestPerKill.runs * kills };
  const endured = await world.startLoad({ ...load, name: 'endured', requestsPerSecond: 15 });
  const meanwhile = await writesDuring(endured, () => killAgainAndAgain(world, endured, kills));
  await waitForAgents(world);
  await reachMore(endured, requestsBetween);
  const report = await endured.stop();
  noteKills(world, report, kills);
  checkIntegrity(report, fewest);
  checkAcknowledged(meanwhile, fewest, 'acknowledged writes while PostgreSQL and agents were killed');
}

async function killAgainAndAgain(world: World, endured: Load, kills: number): Promise<void> {
  for (let kill = 1; kill <= kills; kill += 1) {
    await reachMore(endured, requestsBetween);
    if (kill % podEvery === 0) await killStatefulPod(world, 'task-api-postgresql-0');
    else await crashDatabase(world);
    if (kill % podEvery === 1) await killAgent(world);
  }
}

function noteKills(world: World, { failed, requests, integrity }: LoadReport, kills: number): void {
  world.note('PostgreSQL kills', kills);
  world.note('failed while it was down', `${failed} of ${requests}`);
  world.note('acknowledged', `${integrity.tasksAcknowledged} tasks, ${integrity.runsAcknowledged} runs`);
}
