import { checkEqual, checkMatches, checkThat } from '../../check.ts';
import { namespaceContents } from '../../world/namespace-contents.ts';
import type { World } from '../../world/world.ts';
import { changePassword, misfitPassword } from './change-password.ts';
import { failMigration, mendMigration } from './edited-migration.ts';
import { restartAgents } from './restart-agents.ts';
import type { Execute, Situation } from './situation.ts';
import { waitForAgents } from './wait-for-agents.ts';

export const chartReadme = 'charts/task-api/README.md';

/** Blocks of the chart's README that are no way to do something with a release, or that another scenario runs. */
export const elsewhere = {
  [`${chartReadme}#task-api`]: 'the scenario distribution builds the dependencies from a registry and installs',
  [`${chartReadme}#development`]: 'the tests of the chart, which need no cluster',
} as const;

/** The situations of the chart's README, from the first install to the last uninstall. */
export function chartSituations(myValues: object): readonly Situation[] {
  return [
    situation('somebody installs', ['install'], install),
    situation('somebody tests', ['test'], test),
    situation('somebody upgrades', ['upgrade'], upgrade),
    situation('agents do not run', ['the-agent-does-not-run'], lookAtAgents),
    situation('agents cannot connect', ['database-connection-errors'], lookAtConnections),
    situation('the migration has failed', ['the-migration-failed'], (world, execute) =>
      lookAtMigration(world, execute, myValues),
    ),
    situation('somebody rolls back', ['rollback'], rollBack),
    situation('a volume has to grow', ['upgrade-2'], growVolume),
    situation('the database gets replicas', ['upgrade-3'], replicate),
    situation('somebody uninstalls', ['uninstall', 'uninstall-2'], uninstall),
  ];
}

type Run = (
  world: World,
  run: (section: string, options?: Parameters<Execute>[1]) => ReturnType<Execute>,
) => Promise<void>;

/** Sections in place of whole ids: all of them are of one document. */
function situation(title: string, sections: readonly string[], run: Run): Situation {
  return {
    title,
    blocks: sections.map(idOf),
    run: (world, execute) => run(world, (section, options) => execute(idOf(section), options)),
  };
}

function idOf(section: string): string {
  return `${chartReadme}#${section}`;
}

const title = 'outlive every command';

const install: Run = async (world, run) => {
  const { stdout } = await run('install');
  checkMatches(stdout, /STATUS: deployed/, 'what helm install says');
  await world.agent.createTask(title);
};

const test: Run = async (_, run) => {
  const { stdout } = await run('test');
  for (const part of ['PostgreSQL', 'Redis', 'Agent'])
    checkMatches(stdout, new RegExp(`${part}: healthy`), 'what helm test says');
};

const upgrade: Run = async ({ helm }, run) => {
  await run('upgrade');
  const [newest] = (await helm.history()).slice(-1);
  checkEqual(newest?.status, 'deployed', 'the status of the newest revision');
};

const lookAtAgents: Run = async (world, run) => {
  await restartAgents(world);
  const { stdout } = await run('the-agent-does-not-run');
  checkMatches(stdout, /Last State: +Terminated/, 'the description of the pods');
  checkMatches(stdout, /schema/i, 'the log of the init container');
  checkMatches(stdout, /SIGTERM|drain|closed|stopped/i, 'the log before the restart');
};

/** The advice of the table is followed as well: the old password is put back. */
const lookAtConnections: Run = async (world, run) => {
  const old = await misfitPassword(world);
  await world.eventually('helm test to say what it is', async () => {
    const { stdout } = await run('database-connection-errors', { failing: [/helm test/] });
    checkMatches(stdout, /PostgreSQL: unhealthy \(.*password/, 'what helm test says');
    checkMatches(stdout, /postgresql:\/\/agent@task-api-postgresql:5432\/agent/, 'the address, without a password');
    checkMatches(stdout, /accepting connections/, 'what the server says');
  });
  await changePassword(world, old);
  await waitForAgents(world);
};

async function lookAtMigration(world: World, run: Parameters<Run>[1], myValues: object): Promise<void> {
  await failMigration(world, [myValues]);
  const { stdout } = await run('the-migration-failed');
  checkMatches(stdout, /checksum/, 'the log of the Job');
  checkMatches(stdout, /PodFailurePolicy/, 'the description of the Job');
  await mendMigration(world);
}

/** The document names a revision as an example; here it is the last one that has served. */
const rollBack: Run = async (world, run) => {
  const served = (await world.helm.history()).findLast(({ status }) => status === 'deployed')?.revision ?? 0;
  const names = { 'helm rollback task-api 3 ': `helm rollback task-api ${served} ` };
  const { stdout } = await run('rollback', { names });
  checkMatches(stdout, new RegExp(`^${served}\\s.*deployed`, 'm'), 'the revision that serves, in the history');
  checkMatches((await world.helm.history()).at(-1)?.description ?? '', /^Rollback to/, 'the newest revision');
  await waitForAgents(world);
};

const growVolume: Run = async (world, run) => {
  const pod = await databaseUid(world);
  await run('upgrade-2');
  const { spec } = await world.objects.get('PersistentVolumeClaim', 'data-task-api-postgresql-0');
  checkEqual(spec?.resources?.requests?.storage, '50Gi', 'the size that the volume shall have');
  checkEqual(await databaseUid(world), pod, 'the pod of the database, which runs all the while');
};

async function databaseUid({ objects }: World): Promise<string | undefined> {
  return (await objects.get('Pod', 'task-api-postgresql-0')).metadata?.uid;
}

const replicate: Run = async (world, run) => {
  await run('upgrade-3');
  await waitForAgents(world);
  checkThat((await world.objects.find('StatefulSet', 'task-api-postgresql-read')) !== undefined, 'read replicas', {
    expected: 'there',
    actual: 'none',
  });
  checkEqual(await world.agent.taskTitles(), [title], 'the tasks, after the database has moved');
};

const uninstall: Run = async (world, run) => {
  await run('uninstall');
  const left = (await namespaceContents(world)).map(({ name }) => name);
  checkThat(left.includes('Secret/task-api-credentials'), 'what is left', {
    expected: 'the credentials',
    actual: left,
  });
  await run('uninstall-2');
  await world.eventually('nothing to be left', async () => {
    checkEqual(
      (await namespaceContents(world)).map(({ name }) => name),
      [],
      'what is left in the end',
    );
  });
};
