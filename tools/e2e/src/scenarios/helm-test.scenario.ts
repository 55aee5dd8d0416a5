import { checkFailed, checkMatches, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { agentPods } from '../world/agent-pods.ts';
import { patientValues } from '../world/patient-values.ts';
import { isComplete, isReady } from '../world/pod-facts.ts';
import { queryDatabase } from '../world/query-database.ts';
import type { World } from '../world/world.ts';

export const helmTest: Scenario = {
  name: 'helm-test',
  title: 'helm test passes on a sound release, and names the culprit when Redis, the schema or PostgreSQL is not',
  helm: [4, 3],
  async run(world) {
    checkSucceeded(await world.step('install', () => world.helm.install({ values: [patientValues] })));
    await world.step('passes', () => checkPasses(world));
    await world.step('fails while Redis is down', () => checkWithout(world, 'redis-master', /Redis: unhealthy/));
    await world.step('fails while the schema is behind', () => checkBehind(world));
    await world.step('fails while PostgreSQL is down', () =>
      checkWithout(world, 'postgresql', /PostgreSQL: unhealthy/),
    );
    await world.step('passes again', () => checkPasses(world));
  },
};

async function checkPasses(world: World): Promise<void> {
  await waitForAgent(world);
  const { stdout } = checkSucceeded(await world.helm.test());
  for (const subject of ['PostgreSQL', 'Redis', 'Agent'])
    checkMatches(stdout, new RegExp(`${subject}: healthy`), `what helm test says about ${subject}`);
}

async function checkWithout(world: World, part: string, culprit: RegExp): Promise<void> {
  await scale(world, part, 0);
  checkFailed(await world.helm.test({ timeoutSeconds: 60 }), culprit);
  await scale(world, part, 1);
}

/** As after an upgrade whose migrations somebody has switched off. */
async function checkBehind(world: World): Promise<void> {
  const behind = 'number > 10';
  await queryDatabase(world, `create table hidden as select * from schema_migrations where ${behind}`);
  await queryDatabase(world, `delete from schema_migrations where ${behind}`);
  checkFailed(await world.helm.test({ timeoutSeconds: 60 }), /PostgreSQL: unhealthy \(schema 10, required \d+\)/);
  await queryDatabase(world, 'insert into schema_migrations select * from hidden; drop table hidden');
}

async function scale({ kubectl, waitFor }: World, part: string, replicas: number): Promise<void> {
  const name = `task-api-${part}`;
  checkSucceeded(await kubectl(['scale', 'statefulset', name, `--replicas=${replicas}`]));
  await waitFor(`${name} to have ${replicas} pods`, (state) => {
    const statefulSet = state.find('StatefulSet', name);
    const pod = state.find('Pod', `${name}-0`);
    return replicas === 0 ? pod === undefined : statefulSet !== undefined && isComplete(statefulSet) && pod;
  });
}

/** The agent is ready again some moments after its database. */
async function waitForAgent({ waitFor }: World): Promise<void> {
  await waitFor('the agent to be ready', (state) => {
    const pods = agentPods(state);
    return pods.length > 0 && pods.every(isReady);
  });
}
