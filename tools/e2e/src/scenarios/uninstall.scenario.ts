import { checkEqual, checkSucceeded, checkThat } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { namespaceContents } from '../world/namespace-contents.ts';
import { patientValues } from '../world/patient-values.ts';
import type { World } from '../world/world.ts';

export const uninstall: Scenario = {
  name: 'uninstall',
  title: 'An uninstall leaves volumes and credentials, which the next install takes up, and nothing else',
  helm: [4, 3],
  deadlineMs: 700_000,
  async run(world) {
    await checkCycle(world, {});
    // What is left, and what is taken up, is the chart's matter; that Helm 3 does the same is shown once.
    if (world.helm.binary.major > 3) await checkCycle(await world.openNamespace('given'), { credentials });
    await world.step('deleted for good, nothing is left', () => checkDeletion(world));
  },
};

const credentials = {
  postgresAdminPassword: 'admin-given',
  databasePassword: 'database-given',
  replicationPassword: 'replication-given',
  redisPassword: 'redis-given',
};

/** Meant to stay. The Secret of the credentials belongs to the volumes: another password does not open them. */
const kept = [
  'PersistentVolumeClaim/data-task-api-postgresql-0',
  'PersistentVolumeClaim/redis-data-task-api-redis-master-0',
  'Secret/task-api-credentials',
];
/** The record of the last `helm test`, which belongs to no revision. */
const testPod = 'Pod/task-api-test-connection';

async function checkCycle(world: World, values: object): Promise<void> {
  const source = 'credentials' in values ? 'given' : 'generated';
  const step = <Value>(title: string, action: () => Promise<Value>) =>
    world.step(`${title} (passwords ${source})`, action);
  const options = { values: [patientValues, values] };
  checkSucceeded(await step('install', () => world.helm.install(options)));
  await step('a task is created', () => world.agent.createTask('outlive the release'));
  const before = await contentsOf(world);
  if (source === 'generated') checkSucceeded(await step('helm test', () => world.helm.test()));
  await step('uninstall', () => uninstallRelease(world));
  await step('what is left', () => checkKept(world, before));
  checkSucceeded(await step('install again', () => world.helm.install(options)));
  await step('the task is there', () => checkTask(world));
  await step('uninstall again', () => uninstallRelease(world));
}

async function contentsOf(world: World): Promise<ReadonlyMap<string, string>> {
  const contents = await namespaceContents(world);
  return new Map(contents.map(({ name, uid }) => [name, uid]));
}

async function uninstallRelease({ helm, waitFor }: World): Promise<void> {
  checkSucceeded(await helm.uninstall());
  await waitFor('the pods of the release to end', (state) => {
    const pods = state.list('Pod', { 'app.kubernetes.io/instance': 'task-api' });
    return pods.every(({ metadata }) => `Pod/${metadata?.name}` === testPod);
  });
}

async function checkKept(world: World, before: ReadonlyMap<string, string>): Promise<void> {
  await world.eventually('dependents to be collected', async () => {
    const left = await contentsOf(world);
    const expected = kept.map((name) => [name, before.get(name)]);
    const found = [...left].filter(([name]) => name !== testPod);
    checkEqual(found, expected, 'what is left of the release, by name and uid');
  });
}

async function checkTask({ agent }: World): Promise<void> {
  checkEqual(await agent.taskTitles(), ['outlive the release'], 'the tasks after the reinstall');
}

/** The commands of the chart's README. */
async function checkDeletion(world: World): Promise<void> {
  const { kubectl, objects } = world;
  const volumes = (await objects.list('PersistentVolumeClaim')).map(({ spec }) => spec?.volumeName ?? '');
  const selector = 'app.kubernetes.io/instance=task-api';
  checkSucceeded(await kubectl(['delete', 'persistentvolumeclaims,pods', '--selector', selector]));
  checkSucceeded(await kubectl(['delete', 'secret', 'task-api-credentials']));
  checkEqual([...(await contentsOf(world)).keys()], [], 'what is left after everything was deleted');
  for (const name of volumes)
    await world.eventually(`volume ${name} to be gone`, async () =>
      checkThat((await objects.find('PersistentVolume', name)) === undefined, `volume ${name}`, {
        expected: 'gone with its claim',
        actual: 'there',
      }),
    );
}
