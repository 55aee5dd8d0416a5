import type { V1Pod } from '@kubernetes/client-node';
import { checkEqual, checkFailed, checkMatches, checkSucceeded, checkThat } from '../check.ts';
import { checkLoad } from '../load/check-load.ts';
import type { Scenario } from '../scenario.ts';
import { agentBuild, headOfRepository } from '../world/agent-build.ts';
import { agentPods } from '../world/agent-pods.ts';
import { patientValues } from '../world/patient-values.ts';
import { isReady } from '../world/pod-facts.ts';
import { readSchemaStatus } from '../world/read-schema-status.ts';
import { waitForAgents } from '../world/wait-for-agents.ts';
import type { World } from '../world/world.ts';

const expand = `-- phase: expand
-- why: where a task came from
alter table tasks add column source text;
`;

const contract = `-- phase: contract
-- min-app-version: 0.2.0
-- why: releases since 0.2.0 limit notes themselves
alter table tasks drop constraint tasks_notes_length;
`;

const expanded = agentBuild({
  tag: 'rollback-expanded',
  appVersion: '0.2.0',
  migrations: [['add-task-source', expand]],
});
const contracted = agentBuild({
  tag: 'rollback-contracted',
  appVersion: '0.2.1',
  migrations: [
    ['add-task-source', expand],
    ['drop-notes-length', contract],
  ],
});

export const rollback: Scenario = {
  name: 'rollback',
  title: 'A rollback works after the schema was expanded, and is refused with a reason once it was contracted',
  helm: [4, 3],
  deadlineMs: 700_000,
  images: [expanded, contracted],
  async run(world) {
    checkSucceeded(await world.step('install', () => world.helm.install({ values: [patientValues] })));
    const id = await world.agent.createTask('made by the first release');
    const load = await world.startLoad({ requestsPerSecond: 12 });
    await world.step('upgrade that expands the schema', () => upgradeTo(world, expanded.tag));
    await world.step('roll back to the first release', () => rollBack(world, id));
    await world.step('upgrade again', () => upgradeTo(world, expanded.tag));
    const floor = await world.step('upgrade that contracts the schema', () => upgradeTo(world, contracted.tag));
    await world.step('a rollback below the floor is refused', () => refuseRollback(world));
    const forward = () => world.helm.rollback(floor);
    checkSucceeded(await world.step('roll forward to the release that fits', forward));
    await checkImage(world, contracted.tag);
    checkLoad(await world.step('every write is there', () => load.stop()));
  },
};

/** Returns the revision of the release. */
async function upgradeTo(world: World, tag: string): Promise<number> {
  checkSucceeded(await world.helm.upgrade({ values: [patientValues, { image: { tag } }] }));
  await checkImage(world, tag);
  return (await world.helm.history()).at(-1)?.revision ?? 0;
}

async function rollBack(world: World, id: string): Promise<void> {
  checkSucceeded(await world.helm.rollback(1));
  await checkImage(world, world.chart.appVersion);
  const { head, migrations } = await readSchemaStatus(world);
  checkEqual(head, headOfRepository + 1, 'the head of the schema, which a rollback leaves as it is');
  checkEqual(migrations.at(-1)?.state, 'newer', 'what the first release says of the migration of the second');
  const { status } = await world.agent.request({ method: 'GET', path: `/v1/tasks/${id}` });
  checkEqual(status, 200, 'the status of a task that the first release made');
}

async function checkImage({ objects }: World, tag: string): Promise<void> {
  const { spec, status } = await objects.get('Deployment', 'task-api');
  const image = spec?.template.spec?.containers[0]?.image ?? '';
  checkThat(image.endsWith(`:${tag}`), 'the image of the agent', { expected: `the tag ${tag}`, actual: image });
  checkEqual(status?.updatedReplicas, spec?.replicas, 'pods of the newest revision');
}

/** Long enough for the pod to say why, and short enough to wait for. */
const refusedAfterSeconds = 20;

async function refuseRollback(world: World): Promise<void> {
  const before = namesOf(await waitForAgents(world));
  const known = namesOf(agentPods(world.record));
  const rolledBack = world.helm.rollback(1, { timeoutSeconds: refusedAfterSeconds });
  checkMatches(
    await reasonOfRefusal(world, known),
    /this release is 0\.1\.0, but \d{4}-drop-notes-length\.sql needs 0\.2\.0 or later; deploy that release or one after it/,
    'the log of the pod that the rollback has started',
  );
  checkFailed(await rolledBack, /timed out|deadline exceeded|not ready/i);
  checkEqual(
    namesOf(agentPods(world.record).filter(isReady)),
    before,
    'the pods that serve after the refused rollback',
  );
}

async function reasonOfRefusal({ waitFor, kubectl }: World, known: readonly string[]): Promise<string> {
  const name = await waitFor('the init container of the rollback to end', (state) => {
    const started = agentPods(state).find(({ metadata }) => !known.includes(metadata?.name ?? ''));
    const [migrate] = started?.status?.initContainerStatuses ?? [];
    const hasEnded = migrate?.state?.terminated !== undefined || migrate?.lastState?.terminated !== undefined;
    return hasEnded && started?.metadata?.name;
  });
  return checkSucceeded(await kubectl(['logs', name, '--container', 'migrate'])).stdout;
}

function namesOf(pods: readonly V1Pod[]): readonly string[] {
  return pods.map(({ metadata }) => metadata?.name ?? '').sort();
}
