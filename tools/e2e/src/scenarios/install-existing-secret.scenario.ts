import { checkEqual, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { patientValues } from '../world/patient-values.ts';
import type { World } from '../world/world.ts';

const name = 'vault-task-api';

export const installExistingSecret: Scenario = {
  name: 'install-existing-secret',
  title: 'A Secret that somebody else provides is used, and no other is made, with rollback on failure switched on',
  helm: [4],
  deadlineMs: 400_000,
  async run(world) {
    await world.step('somebody provides the Secret', () => world.objects.apply(secret));
    const auth = { existingSecret: name };
    const values = [patientValues, { credentials: { existingSecret: name }, postgresql: { auth }, redis: { auth } }];
    const options = { values, rollbackOnFailure: true };
    checkSucceeded(await world.step('helm install', () => world.helm.install(options)));
    await world.step('no other credentials exist', () => checkSecrets(world));
    await world.step('a task is created', () => world.agent.createTask('book the venue'));
    checkSucceeded(await world.step('helm test', () => world.helm.test()));
  },
};

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  stringData: {
    'postgres-password': 'admin-of-vault',
    password: 'agent-of-vault',
    'replication-password': 'replica-of-vault',
    'redis-password': 'redis-of-vault',
  },
};

async function checkSecrets({ objects, record }: World): Promise<void> {
  const secrets = await objects.list('Secret');
  const opaque = secrets.filter(({ type }) => type === 'Opaque').map(({ metadata }) => metadata?.name);
  checkEqual(opaque.sort(), ['task-api-connection', name], 'the Secrets of the namespace');
  checkEqual(record.historyOf('Job', 'task-api-credentials-init'), [], 'Jobs that make credentials');
}
