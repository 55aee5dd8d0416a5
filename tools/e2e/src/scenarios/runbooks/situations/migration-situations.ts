import { checkEqual, checkMatches, checkSucceeded, checkThat } from '../../../check.ts';
import { agentBuild, headOfRepository } from '../../../world/agent-build.ts';
import { agentPods } from '../../../world/agent-pods.ts';
import { readSchemaStatus } from '../../../world/read-schema-status.ts';
import type { World } from '../../../world/world.ts';
import { failMigration, mendMigration } from '../edited-migration.ts';
import type { Execute, Situation } from '../situation.ts';
import { waitForAgents } from '../wait-for-agents.ts';

/** A later build of the agent, which needs one migration more. */
export const laterBuild = agentBuild({
  tag: 'runbooks-later',
  appVersion: '0.1.1',
  migrations: [
    [
      'add-task-colour',
      '-- phase: expand\n-- why: so that there is one more\nalter table tasks add column colour text;\n',
    ],
  ],
});

/** What can be wrong with the schema. */
export const migrationSituations: readonly Situation[] = [
  {
    title: 'a migration fails',
    blocks: [
      'docs/runbooks/migration-failed.md#find-out',
      'docs/runbooks/migration-failed.md#mend',
      'docs/runbooks/migration-failed.md#mend-2',
    ],
    run: mendFailedMigration,
  },
  {
    title: 'the schema is behind, since an upgrade ran without hooks',
    blocks: ['docs/runbooks/schema-behind.md#find-out', 'docs/runbooks/schema-behind.md#mend'],
    run: catchUp,
  },
];

/** First the way back, then the upgrade again, which has to bring what the failed one would have. */
async function mendFailedMigration(world: World, execute: Execute): Promise<void> {
  const { values: live } = await valuesOf(world);
  await failMigration(world, [live, { config: { logLevel: 'debug' } }]);
  const { stdout } = await execute('docs/runbooks/migration-failed.md#find-out');
  checkMatches(stdout, /checksum/, 'the log of the Job');
  await execute('docs/runbooks/migration-failed.md#mend-2');
  checkEqual((await world.helm.history()).at(-1)?.status, 'deployed', 'the status of the release after the way back');
  await mendMigration(world);
  await failMigration(world, [live, { config: { logLevel: 'debug' } }]);
  await mendMigration(world);
  await execute('docs/runbooks/migration-failed.md#mend');
  const { data = {} } = await world.objects.get('ConfigMap', 'task-api-config');
  checkEqual(data.LOG_LEVEL, 'debug', 'the setting that the failed upgrade would have brought');
  await waitForAgents(world);
}

async function valuesOf({ helm, release }: World): Promise<{ readonly values: object }> {
  const { stdout } = checkSucceeded(await helm.run(['get', 'values', release, '--output=json']));
  return { values: JSON.parse(stdout) };
}

async function catchUp(world: World, execute: Execute): Promise<void> {
  const values = [{ image: { tag: laterBuild.tag }, migrations: { initContainer: { enabled: false } } }];
  const flags = ['--reuse-values', '--no-hooks'];
  checkSucceeded(await world.helm.upgrade({ values, flags, wait: false }));
  const isLater = (image: string | undefined) => image?.endsWith(`:${laterBuild.tag}`) === true;
  await world.waitFor('an agent of the later build to run, unready', (state) =>
    agentPods(state).some(({ status, spec }) => isLater(spec?.containers[0]?.image) && status?.phase === 'Running'),
  );
  await execute('docs/runbooks/schema-behind.md#find-out');
  await execute('docs/runbooks/schema-behind.md#mend');
  await waitForAgents(world);
  const { head } = await readSchemaStatus(world);
  checkEqual(head, headOfRepository + 1, 'the newest migration of the database');
  checkThat(
    agentPods(world.record).every(({ spec }) => isLater(spec?.containers[0]?.image)),
    'the image of the agents',
    { expected: laterBuild.tag, actual: 'another one' },
  );
}
