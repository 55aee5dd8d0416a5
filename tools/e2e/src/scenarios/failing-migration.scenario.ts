import type { V1Pod } from '@kubernetes/client-node';
import { checkEqual, checkFailed, checkMatches, checkSucceeded } from '../check.ts';
import { checkLoad } from '../load/check-load.ts';
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

const broken = agentBuild({ tag: 'failing-migration', migrations: [['break-tasks', migration]] });
// Helm prints a log with its quotation marks escaped.
const cause = /relation \\?"nothing_of_that_name\\?" does not exist/;

const good = [patientValues, { migrations: { backoffLimit: 0 } }];
const bad = [...good, { image: { tag: broken.tag } }];

export const failingMigration: Scenario = {
  name: 'failing-migration',
  title:
    'A migration that fails ends the upgrade with its log, leaves the old pods to serve, and the next upgrade works',
  helm: [4, 3],
  deadlineMs: 600_000,
  images: [broken],
  async run(world) {
    await world.step('the first install fails', () => failInstall(world));
    checkSucceeded(await world.step('an upgrade mends it', () => world.helm.upgrade({ values: good })));
    await world.agent.createTask('made before the failure');
    const load = await world.startLoad({ requestsPerSecond: 20 });
    await world.step('an upgrade fails', () => failUpgrade(world));
    await world.step('an upgrade fails and rolls back', () => failAndRollBack(world));
    const next = { values: [...good, { config: { logLevel: 'debug' } }] };
    checkSucceeded(await world.step('the next upgrade works', () => world.helm.upgrade(next)));
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

function countHalfDone(world: World): Promise<string> {
  const statement = `select count(*) from information_schema.columns where column_name = 'half_done'`;
  return queryDatabase(world, statement);
}

async function checkMended(world: World): Promise<void> {
  checkEqual(await world.objects.find('Job', 'task-api-migrate'), undefined, 'what is left of the migration Job');
  const { head, pending } = await readSchemaStatus(world);
  checkEqual({ head, pending }, { head: headOfRepository, pending: 0 }, 'the schema');
}
