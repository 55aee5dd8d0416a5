import { checkEqual, checkSucceeded, checkThat } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { patientValues } from '../world/patient-values.ts';
import { queryDatabase } from '../world/query-database.ts';
import type { World } from '../world/world.ts';
import { findLeaks } from './credentials/find-leaks.ts';
import { newPassword } from './credentials/new-password.ts';
import { publicTexts } from './credentials/public-texts.ts';

/** Migration Jobs stay, so that their logs can be searched. */
const values = [patientValues, { migrations: { hookDeletePolicy: 'before-hook-creation' } }];
const secretName = 'task-api-credentials';

export const credentials: Scenario = {
  name: 'credentials',
  title: 'Passwords outlive upgrades and reinstalls, can be changed by the book, and show up nowhere',
  helm: [4],
  deadlineMs: 600_000,
  async run(world) {
    checkSucceeded(await world.step('install', () => world.helm.install({ values })));
    await world.agent.createTask('kept over everything');
    await world.step('an upgrade leaves the passwords as they are', () => upgradeOnce(world));
    checkSucceeded(await world.step('helm test, whose log stays', () => world.helm.test()));
    await world.step('no password is to be found', () => checkNoLeak(world));
    await world.step('the passwords are changed by the book', () => rotate(world));
    checkSucceeded(await world.step('helm test', () => world.helm.test()));
    await world.step('no new password is to be found', () => checkNoLeak(world));
    await world.step('uninstall, and install on the kept volumes', () => reinstall(world));
    const titles = await world.agent.taskTitles();
    checkEqual(titles, ['made with the new password', 'kept over everything'], 'the titles of all tasks');
  },
};

/** Without --wait: pods that cannot log in would only make Helm wait. */
async function upgradeOnce(world: World): Promise<void> {
  const before = await readPasswords(world);
  const changed = [...values, { config: { logLevel: 'debug' } }];
  checkSucceeded(await world.helm.upgrade({ values: changed, wait: false }));
  checkThat(isSame(before, await readPasswords(world)), 'the passwords after an upgrade', {
    expected: 'those of before',
    actual: 'others',
  });
  checkEqual(countInits(world), 1, 'Jobs that made credentials, of which an upgrade needs none');
  await rolledOut(world, 'deployment/task-api');
}

function countInits({ record }: World): number {
  return record.historyOf('Job', 'task-api-credentials-init').filter(({ change }) => change === 'added').length;
}

type Passwords = Readonly<Record<string, string>>;

/** Compared as a whole, so that no failure prints one. */
function isSame(before: Passwords, after: Passwords): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

async function readPasswords({ objects }: World): Promise<Passwords> {
  const { data = {} } = await objects.get('Secret', secretName);
  const entries = Object.entries(data).sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}

async function checkNoLeak(world: World): Promise<void> {
  const passwords = await readPasswords(world);
  checkEqual(Object.keys(passwords).length, 4, 'passwords of the release');
  const texts = await publicTexts(world);
  checkEqual(findLeaks(passwords, texts), [], `passwords in ${texts.length} texts that anybody may read`);
  world.note('texts searched for passwords', texts.length);
}

/** The order of the runbook change-passwords: the database, the Secret, the pods. Redis reads its password as it starts. */
async function rotate(world: World): Promise<void> {
  const password = newPassword();
  await queryDatabase(world, `alter role agent password '${password.replaceAll("'", "''")}'`);
  const stringData = { password, 'redis-password': `redis ${password}` };
  await world.objects.patch('Secret', secretName, { stringData });
  for (const target of ['statefulset/task-api-redis-master', 'deployment/task-api']) {
    checkSucceeded(await world.kubectl(['rollout', 'restart', target]));
    await rolledOut(world, target);
  }
  await world.agent.createTask('made with the new password');
}

async function rolledOut({ kubectl }: World, target: string): Promise<void> {
  checkSucceeded(await kubectl(['rollout', 'status', target, '--timeout=180s']));
}

async function reinstall(world: World): Promise<void> {
  const before = await readPasswords(world);
  checkSucceeded(await world.helm.uninstall());
  checkThat(isSame(before, await readPasswords(world)), 'the passwords after an uninstall', {
    expected: 'those of before',
    actual: 'others',
  });
  checkSucceeded(await world.helm.install({ values }));
}
