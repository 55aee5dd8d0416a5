import type { V1Pod } from '@kubernetes/client-node';
import { checkEqual, checkFailed, checkMatches, checkSucceeded } from '../check.ts';
import { checkLoad } from '../load/check-load.ts';
import type { Scenario } from '../scenario.ts';
import { headOfRepository } from '../world/agent-build.ts';
import { agentPods } from '../world/agent-pods.ts';
import { patientValues } from '../world/patient-values.ts';
import { isReady, isRolledOut } from '../world/pod-facts.ts';
import { queryDatabase } from '../world/query-database.ts';
import { readSchemaStatus } from '../world/read-schema-status.ts';
import type { World } from '../world/world.ts';
import { askPod } from './expand-contract/ask-pod.ts';
import { takingTitle, withoutTitle } from './expand-contract/builds.ts';

export const expandContract: Scenario = {
  name: 'expand-contract',
  title: 'A column is replaced in two releases under load, while pods of both work on the same rows',
  helm: [4],
  deadlineMs: 600_000,
  images: [withoutTitle, takingTitle],
  async run(world) {
    checkSucceeded(await world.step('install', () => world.helm.install({ values: [patientValues] })));
    const load = await world.startLoad({ requestsPerSecond: 15 });
    await load.reached(100);
    await world.step('the second step before the first is refused', () => refuseContract(world));
    await world.step('the first step begins', () => beginExpand(world));
    await world.step('pods of both releases see what the other writes', () => checkBoth(world));
    await world.step('the first step ends', () => endExpand(world));
    const last = () => world.helm.upgrade({ values: valuesOf(takingTitle.tag) });
    checkSucceeded(await world.step('the second step', last));
    await world.step('the old column is gone', () => checkContracted(world));
    checkLoad(await world.step('every write is there', () => load.stop()));
  },
};

function valuesOf(tag: string): readonly object[] {
  return [patientValues, { image: { tag } }];
}

async function refuseContract(world: World): Promise<void> {
  const values = [...valuesOf(takingTitle.tag), { migrations: { backoffLimit: 0 } }];
  checkFailed(await world.helm.upgrade({ values }), /pre-upgrade hooks failed/);
  const { stdout } = await world.kubectl(['logs', 'job/task-api-migrate', '--tail=-1']);
  const reason = /drop-task-title\.sql takes away what releases before 0\.2\.0 use, and these are live: task-api-/;
  checkMatches(stdout, reason, 'the log of the migration that comes too early');
  checkEqual(await countColumns(world, 'title'), '1', 'columns of the name title');
}

/** The rollout is held as soon as it has one new pod, so that both releases stay live for as long as it takes to look. */
async function beginExpand(world: World): Promise<void> {
  checkSucceeded(await world.helm.upgrade({ values: valuesOf(withoutTitle.tag), wait: false }));
  await world.waitFor('the first new pod', (state) => agentPods(state).find(isNew));
  checkSucceeded(await world.kubectl(['rollout', 'pause', 'deployment/task-api']));
  await world.waitFor('a new pod to be ready', (state) => agentPods(state).filter(isNew).find(isReady));
}

function isNew({ spec }: V1Pod): boolean {
  return spec?.containers[0]?.image?.endsWith(`:${withoutTitle.tag}`) ?? false;
}

async function checkBoth(world: World): Promise<void> {
  const [before, after] = [await nameOf(world, 'old'), await nameOf(world, 'new')];
  await checkExchange(world, before, after);
  await checkExchange(world, after, before);
}

function nameOf({ waitFor }: World, release: 'old' | 'new'): Promise<string> {
  return waitFor(`a pod of the ${release} release that is ready`, (state) => {
    const pods = agentPods(state).filter(isReady);
    return pods.find((pod) => isNew(pod) === (release === 'new'))?.metadata?.name;
  });
}

/** One pod writes and changes a task, the other reads both times. */
async function checkExchange(world: World, writer: string, reader: string): Promise<void> {
  const title = `written by ${writer}`;
  const { id } = await askPod(world, writer, { method: 'POST', path: '/v1/tasks', body: { title } });
  const path = `/v1/tasks/${id}`;
  checkEqual((await askPod(world, reader, { method: 'GET', path })).title, title, `what ${reader} reads`);
  const changed = `changed by ${writer}`;
  await askPod(world, writer, { method: 'PATCH', path, body: { title: changed } });
  checkEqual((await askPod(world, reader, { method: 'GET', path })).title, changed, `what ${reader} reads afterwards`);
}

async function endExpand(world: World): Promise<void> {
  checkSucceeded(await world.kubectl(['rollout', 'resume', 'deployment/task-api']));
  await world.waitFor('all pods to be of the new release', (state) => {
    const deployment = state.find('Deployment', 'task-api');
    return deployment !== undefined && isRolledOut(deployment) && agentPods(state).every(isNew);
  });
}

async function checkContracted(world: World): Promise<void> {
  checkEqual(await countColumns(world, 'title'), '0', 'columns of the name title');
  const { head, pending } = await readSchemaStatus(world);
  checkEqual({ head, pending }, { head: headOfRepository + 3, pending: 0 }, 'the schema');
}

function countColumns(world: World, name: string): Promise<string> {
  const statement = `select count(*) from information_schema.columns where table_name = 'tasks' and column_name = '${name}'`;
  return queryDatabase(world, statement);
}
