import { checkEqual, checkSucceeded, checkThat } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { patientValues } from '../world/patient-values.ts';
import { waitForAgents } from '../world/wait-for-agents.ts';
import type { World } from '../world/world.ts';

const credentials = {
  postgresAdminPassword: 'admin-given',
  databasePassword: 'database-given: with "quotes" & a / slash',
  replicationPassword: 'replication-given',
  redisPassword: 'redis-given',
};

export const installWithoutWait: Scenario = {
  name: 'install-without-wait',
  title: 'An install that does not wait, with passwords given as values, becomes ready by itself',
  helm: [4, 3],
  deadlineMs: 300_000,
  async run(world) {
    const values = [patientValues, { credentials }];
    const result = await world.step('helm install', () => world.helm.install({ values, wait: false }));
    checkSucceeded(result);
    checkThat(result.endedAtMs - result.startedAtMs < 120_000, 'how long helm install takes without --wait', {
      expected: 'less than two minutes',
      actual: `${result.endedAtMs - result.startedAtMs} ms`,
    });
    await world.step('the agent becomes ready', () => waitForAgents(world));
    await world.step('the given passwords are used', () => checkPasswords(world));
    await world.step('a task is created', () => world.agent.createTask('book the venue'));
  },
};

async function checkPasswords({ objects }: World): Promise<void> {
  const { data = {}, metadata } = await objects.get('Secret', 'task-api-credentials');
  const password = Buffer.from(data.password ?? '', 'base64').toString();
  checkEqual(password, credentials.databasePassword, 'the password in the Secret');
  checkEqual(metadata?.annotations?.['helm.sh/resource-policy'], 'keep', 'what an uninstall does to the Secret');
}
