import { checkEqual, checkFailed, checkMatches, checkSucceeded, checkThat } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { completedAtMs, isReady } from '../world/pod-facts.ts';
import { readSchemaStatus } from '../world/read-schema-status.ts';
import type { World } from '../world/world.ts';

export const install: Scenario = {
  name: 'install',
  title: 'One command without any configuration brings up agent, PostgreSQL, Redis and the newest schema',
  helm: [4, 3],
  async run(world) {
    await world.step('the namespace refuses pods that are not restricted', () => checkPodSecurity(world));
    const result = await world.step('helm install --wait', () => world.helm.install({ checksOpenapi: true }));
    checkSucceeded(result);
    checkMatches(result.stdout, /helm test task-api/, 'the notes, which tell how to go on');
    await world.step('every pod is ready', () => checkPods(world));
    await world.step('the migration Job has completed, the schema is at its head', () => checkMigration(world));
    await world.step('the credentials outlive the release', () => checkCredentials(world));
    await world.step('a task is created through the API', () => checkApi(world));
    await world.step('the agent adds a task by itself', () => checkAgent(world));
  },
};

/** Without this, the release would prove nothing about its pods. */
async function checkPodSecurity({ kubectl, chart }: World): Promise<void> {
  const privileged = ['run', 'privileged', '--image', chart.agentImage, '--privileged', '--dry-run=server'];
  checkFailed(await kubectl(privileged), /violates PodSecurity "restricted/);
}

async function checkPods({ objects, record }: World): Promise<void> {
  const pods = (await objects.list('Pod', { 'app.kubernetes.io/instance': 'task-api' })).filter(isNoHook);
  const unready = pods.filter((pod) => !isReady(pod)).map(({ metadata }) => metadata?.name);
  checkEqual(unready, [], 'pods that are not ready after helm install --wait');
  const components = [...new Set(pods.map(({ metadata }) => metadata?.labels?.['app.kubernetes.io/name']))].sort();
  checkEqual(components, ['postgresql', 'redis', 'task-api'], 'what has pods');
  const refused = record.list('Event').filter(({ message }) => message?.includes('violates PodSecurity'));
  checkEqual(
    refused.map(({ message }) => message),
    [],
    'pods that Pod Security refused',
  );
}

function isNoHook({
  metadata,
}: {
  readonly metadata?: { readonly ownerReferences?: readonly { readonly kind: string }[] };
}) {
  return !(metadata?.ownerReferences ?? []).some(({ kind }) => kind === 'Job');
}

/** Helm deletes the Job after it has succeeded: the record is what is left of it. */
async function checkMigration(world: World): Promise<void> {
  const jobs = world.record.historyOf('Job', 'task-api-migrate').map(({ object }) => object);
  checkThat(jobs.some(completedAtMs), 'the migration Job', { expected: 'completed', actual: jobs.at(-1)?.status });
  checkEqual(await world.objects.find('Job', 'task-api-migrate'), undefined, 'what is left of the migration Job');
  const { pending, migrations } = await readSchemaStatus(world);
  checkEqual(pending, 0, 'migrations that are missing');
  checkThat(migrations.length > 0, 'migrations', { expected: 'at least one', actual: migrations.length });
}

async function checkCredentials({ objects }: World): Promise<void> {
  const { data = {}, metadata } = await objects.get('Secret', 'task-api-credentials');
  const keys = ['password', 'postgres-password', 'redis-password', 'replication-password'];
  checkEqual(Object.keys(data).sort(), keys, 'the keys of the credentials');
  const owner = metadata?.annotations?.['meta.helm.sh/release-name'];
  checkEqual(owner, undefined, 'the release that owns the credentials, and would delete them');
}

async function checkApi({ agent }: World): Promise<void> {
  await agent.createTask('book the venue');
  const titles = await agent.taskTitles();
  checkEqual(titles, ['book the venue'], 'the titles of all tasks');
}

async function checkAgent({ agent }: World): Promise<void> {
  const messages = [{ role: 'user', content: 'add a task: order flowers' }];
  const body = { model: 'task-agent', messages };
  const { status, body: answer } = await agent.request({ method: 'POST', path: '/v1/chat/completions', body });
  checkEqual(status, 200, `the status of a completion (${answer})`);
  checkThat((await agent.taskTitles()).includes('order flowers'), 'the tasks after the answer', {
    expected: '“order flowers” among them',
    actual: answer,
  });
}
