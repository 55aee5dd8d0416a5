import { checkEqual, checkSucceeded, checkThat } from '../check.ts';
import { checkLoad } from '../load/check-load.ts';
import type { LoadReport } from '../load/program/load-report.ts';
import type { Load } from '../load/start-load.ts';
import type { Scenario } from '../scenario.ts';
import { headOfRepository } from '../world/agent-build.ts';
import { quickValues } from '../world/quick-values.ts';
import { readSchemaStatus } from '../world/read-schema-status.ts';
import type { World } from '../world/world.ts';
import { builds } from './upgrade/builds.ts';
import { judgeRollout, namesOfAgents } from './upgrade/judge-rollout.ts';
import { listRollouts, type Rollout, upgradeTo } from './upgrade/rollouts.ts';

/** Helm 4 is what is proved in full; Helm 3 is shown to do the same. */
const extent = {
  4: { rounds: builds.length, requestsPerSecond: 20, fewestRequests: 10_000 },
  3: { rounds: 1, requestsPerSecond: 12, fewestRequests: 1500 },
} as const;

export const upgrade: Scenario = {
  name: 'upgrade',
  title:
    'No request fails, and no write is lost or doubled, while config, image and chart are rolled out again and again',
  helm: [4, 3],
  deadlineMs: 1_500_000,
  images: builds,
  async run(world) {
    const { rounds, requestsPerSecond, fewestRequests } = extent[world.helm.binary.major];
    checkSucceeded(await world.step('install', () => world.helm.install({ values: [quickValues] })));
    const load = await world.startLoad({ requestsPerSecond, workers: 16, verifyDeadlineMs: 180_000 });
    const done = await rollOutAll(world, load, listRollouts(rounds));
    if (isClean(load)) await world.step(`${fewestRequests} requests`, () => load.reached(fewestRequests));
    const report = await world.step('every acknowledged write is there once', () => load.stop());
    checkLoad(report, { fewestRequests: isClean(load) ? fewestRequests : 1 });
    checkKinds(report);
    await world.step('the schema is that of the newest image', () => checkSchema(world, rounds));
    world.note('rollouts', done);
    world.note('streams that moved to another pod', report.streamsMoved);
  },
};

/** Stops at the first request that fails: more of them say nothing new. Returns how many rollouts there were. */
async function rollOutAll(world: World, load: Load, rollouts: readonly Rollout[]): Promise<number> {
  for (const [index, rollout] of rollouts.entries()) {
    await rollOut(world, rollout);
    await load.reached(1);
    if (!isClean(load)) return index + 1;
  }
  return rollouts.length;
}

function isClean(load: Load): boolean {
  return load.progress().failed === 0;
}

async function rollOut(world: World, rollout: Rollout): Promise<void> {
  const title = `${rollout.kind} ${rollout.round}`;
  const podsBefore = namesOfAgents(world);
  const options = await upgradeTo(rollout, world);
  const result = checkSucceeded(await world.step(`roll out ${title}`, () => world.helm.upgrade(options)));
  await judgeRollout(world, { title, result, podsBefore });
}

/** A load that leaves a kind of request out would prove nothing about it. */
function checkKinds({ byKind, integrity }: LoadReport): void {
  for (const kind of ['create', 'chat', 'chat-stream', 'run', 'run-stream'] as const)
    checkThat((byKind[kind]?.requests ?? 0) > 0, `requests of the kind ${kind}`, { expected: 'some', actual: byKind });
  checkThat(integrity.runsAcknowledged > 0, 'background runs', { expected: 'some', actual: integrity });
}

async function checkSchema(world: World, rounds: number): Promise<void> {
  const { head, pending } = await readSchemaStatus(world);
  checkEqual({ head, pending }, { head: headOfRepository + rounds, pending: 0 }, 'the schema');
}
