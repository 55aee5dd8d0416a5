import type { V1Pod } from '@kubernetes/client-node';
import { runnerLockKey } from '@task-api/migrations';
import { checkEqual, checkFailed, checkMatches, checkSucceeded } from '../check.ts';
import { checkLoad } from '../load/check-load.ts';
import type { NamespaceState } from '../recorder/namespace-record.ts';
import type { CommandResult } from '../run/run-program.ts';
import type { Scenario } from '../scenario.ts';
import { agentBuild, headOfRepository } from '../world/agent-build.ts';
import { agentPods } from '../world/agent-pods.ts';
import { patientValues } from '../world/patient-values.ts';
import { isReady } from '../world/pod-facts.ts';
import { queryDatabase } from '../world/query-database.ts';
import { readSchemaStatus } from '../world/read-schema-status.ts';
import type { World } from '../world/world.ts';

const migration = `-- phase: expand
-- why: the first statement works and the second does not
alter table tasks add column half_done text;
alter table nothing_of_that_name add column note text;
`;

const mended = `-- phase: expand
-- why: what the broken one was meant to do
alter table tasks add column mended text;
`;

const broken = agentBuild({ tag: 'failing-migration', migrations: [['break-tasks', migration]] });
const working = agentBuild({ tag: 'failing-migration-mended', migrations: [['mend-tasks', mended]] });
// Helm prints a log with its quotation marks escaped.
const cause = /relation \\?"nothing_of_that_name\\?" does not exist/;

const good = [patientValues, { migrations: { backoffLimit: 0 } }];
const bad = [...good, { image: { tag: broken.tag } }];
const next = [...good, { image: { tag: working.tag } }];

export const failingMigration: Scenario = {
  name: 'failing-migration',
  title:
    'A migration that fails ends the upgrade with its log, leaves the old pods to serve, and the next upgrade works',
  helm: [4, 3],
  deadlineMs: 600_000,
  images: [broken, working],
  async run(world) {
    await world.step('the first install fails', () => failInstall(world));
    checkSucceeded(await world.step('an upgrade mends it', () => world.helm.upgrade({ values: good })));
    await world.agent.createTask('made before the failure');
    const load = await world.startLoad({ requestsPerSecond: 12 });
    await world.step('an upgrade fails', () => failUpgrade(world));
    await world.step('an upgrade fails and rolls back', () => failAndRollBack(world));
    await world.step('the next upgrade works, though its migration is evicted', () => upgradeWithEviction(world));
    await world.step('nothing of the failure is left', () => checkMended(world));
    checkLoad(await world.step('every write is there', () => load.stop()));
  },
};

/** Without --wait the hook's turn comes at once; with it, Helm would wait for pods that wait for the migration. */
async function failInstall(world: World): Promise<void> {
  const result = checkFailed(await world.helm.install({ values: bad, wait: false }), /failed post-install/);
  await checkLog(world, result);
}

async function failUpgrade(world: World): Promise<void> {
  const before = describePods(world);
  const result = checkFailed(await world.helm.upgrade({ values: bad }), /pre-upgrade hooks failed/);
  world.note('an upgrade with a failing migration ends after', `${(result.endedAtMs - result.startedAtMs) / 1000} s`);
  await checkLog(world, result);
  await checkUntouched(world, before);
}

async function failAndRollBack(world: World): Promise<void> {
  const before = describePods(world);
  checkFailed(await world.helm.upgrade({ values: bad, rollbackOnFailure: true }), /pre-upgrade hooks failed/);
  const history = await world.helm.history();
  checkEqual(history.at(-1)?.status, 'deployed', 'the newest revision after --rollback-on-failure');
  checkMatches(history.at(-1)?.description ?? '', /^Rollback to/, 'what Helm says of the newest revision');
  await checkUntouched(world, before);
}

/** The Job stays with its log; Helm prints it as well since 3.18. */
async function checkLog({ kubectl, helm }: World, { stdout, stderr }: CommandResult): Promise<void> {
  const log = await kubectl(['logs', '--selector', 'batch.kubernetes.io/job-name=task-api-migrate', '--tail=-1']);
  checkMatches(checkSucceeded(log).stdout, cause, 'the log of the migration Job');
  if (helm.binary.major > 3) checkMatches(`${stdout}${stderr}`, cause, 'what Helm prints');
}

/** Identity and restarts of each pod: the same text means that nobody has touched them. */
function describePods({ record }: World): readonly string[] {
  return agentPods(record).map(describePod).sort();
}

function describePod(pod: V1Pod): string {
  const restarts = pod.status?.containerStatuses?.map(({ restartCount }) => restartCount).join();
  return `${pod.metadata?.uid} ${isReady(pod) ? 'ready' : 'not ready'}, ${restarts} restarts`;
}

async function checkUntouched(world: World, before: readonly string[]): Promise<void> {
  checkEqual(describePods(world), before, 'the pods of the agent after the failure');
  checkEqual(await countHalfDone(world), '0', 'columns that the failed migration has left');
  await world.agent.createTask('made after the failure');
}

const { classId, objectId } = runnerLockKey;
/** Of the session that holds what only one runner may hold at a time. */
const holdRunnerLock = `select pg_advisory_lock(${classId}, ${objectId}), pg_sleep(120);`;
const held = `from pg_locks where locktype = 'advisory' and granted and classid = ${classId}`;

/** A node that is drained takes the migration's pod with it. That is no try: there is another pod where one is allowed. */
async function upgradeWithEviction(world: World): Promise<void> {
  const holder = queryDatabase(world, holdRunnerLock).catch(ignore);
  await world.eventually('the lock to be held', async () =>
    checkEqual(await queryDatabase(world, `select count(*) ${held}`), '1', 'locks that keep runners out'),
  );
  const upgrade = world.helm.upgrade({ values: next });
  const evicted = await waitForMigration(world, 'a pod of the migration');
  await evict(world, evicted);
  await waitForMigration(world, 'another pod of the migration', evicted);
  await queryDatabase(world, `select pg_terminate_backend(pid) ${held}`);
  await holder;
  checkSucceeded(await upgrade);
  const job = world.record.historyOf('Job', 'task-api-migrate').at(-1)?.object;
  checkEqual(job?.spec?.backoffLimit, 0, 'further tries of the migration that are allowed');
}

/** The name of a pod that runs, and therefore waits for the lock. */
function waitForMigration({ waitFor }: World, what: string, other?: string): Promise<string> {
  const look = (state: NamespaceState) => {
    const pods = state.list('Pod', { 'batch.kubernetes.io/job-name': 'task-api-migrate' });
    return pods.find(({ metadata, status }) => status?.phase === 'Running' && metadata?.name !== other)?.metadata?.name;
  };
  return waitFor(what, look, { timeoutMs: 120_000 });
}

async function evict({ kubectl, namespace }: World, name: string): Promise<void> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  checkSucceeded(await kubectl(['create', '--raw', path, '--filename=-'], { input: JSON.stringify(eviction) }));
}

function ignore(): void {
  // Whoever held the lock is ended on purpose.
}

function countHalfDone(world: World): Promise<string> {
  const statement = `select count(*) from information_schema.columns where column_name = 'half_done'`;
  return queryDatabase(world, statement);
}

async function checkMended(world: World): Promise<void> {
  checkEqual(await world.objects.find('Job', 'task-api-migrate'), undefined, 'what is left of the migration Job');
  const { head, pending } = await readSchemaStatus(world);
  checkEqual({ head, pending }, { head: headOfRepository + 1, pending: 0 }, 'the schema');
}
