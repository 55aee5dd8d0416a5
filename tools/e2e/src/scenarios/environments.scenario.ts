import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkEqual, checkMatches, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { agentPods } from '../world/agent-pods.ts';
import { isReady } from '../world/pod-facts.ts';
import type { World } from '../world/world.ts';
import { checkLogLevel } from './environments/check-log-level.ts';
import { checkReplication } from './environments/check-replication.ts';
import { type EnvironmentShape, shapeOf } from './environments/environment-shape.ts';
import { expectedOf } from './environments/expected-environment.ts';
import { readLiveEnvironment } from './environments/live-environment.ts';

const folder = join(import.meta.dirname, '../../../../environments');

export const environments: Scenario = {
  name: 'environments',
  title: 'Each environment, installed with its overlay, is as big as the table of tiers says',
  helm: [4],
  deadlineMs: 900_000,
  async run(world) {
    const found = await readdir(folder, { withFileTypes: true });
    for (const { name } of found.filter((entry) => entry.isDirectory())) await checkEnvironment(world, name);
  },
};

/** Each in a namespace of its own, which goes before the next one needs the room. */
async function checkEnvironment(world: World, name: string): Promise<void> {
  const own = await world.openNamespace(name);
  await own.objects.apply(providedSecret);
  const options = { values: [join(folder, name, 'values.yaml')], checksOpenapi: true };
  checkSucceeded(await world.step(`install ${name}`, () => own.helm.install(options)));
  await world.step(`${name} is of the size of its tier`, () => checkSize(own, name));
  await world.step(`${name} works`, () => checkService(own));
  await world.objects.delete('Namespace', own.namespace);
}

async function checkSize(world: World, name: string): Promise<void> {
  const expected = await expectedOf(await tierOf(name), world.chart.directory);
  const shape = shapeOf(expected);
  await waitForAgents(world, shape.pods);
  checkEqual(await readLiveEnvironment(world), shape, `how big ${name} is`);
  await world.eventually('replicas to follow', () => checkReplication(world, expected));
  await checkLogLevel(world, expected.config.logLevel);
}

/** Helm is content with one pod; it is the autoscaler that sees to the others. */
async function waitForAgents({ waitFor }: World, [fewest, most]: EnvironmentShape['pods']): Promise<void> {
  await waitFor(`${fewest} to ${most} agents to be ready`, (state) => {
    const ready = agentPods(state).filter(isReady).length;
    return ready >= fewest && ready <= most;
  });
}

async function tierOf(name: string): Promise<string> {
  const text = await readFile(join(folder, name, 'environment.ts'), 'utf8');
  checkMatches(text, tierLine, `environments/${name}/environment.ts`);
  return tierLine.exec(text)?.[1] ?? '';
}

const tierLine = /^ {2}tier: '(\w+)',$/m;

const apiKey = 'key-of-the-suite';

/** For the environments whose Secret somebody else provides; the others leave a Secret of that name as it is. */
const providedSecret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'task-api-credentials' },
  stringData: {
    'postgres-password': 'admin-of-vault',
    password: 'agent-of-vault',
    'replication-password': 'replica-of-vault',
    'redis-password': 'redis-of-vault',
    'api-keys': `${createHash('sha256').update(apiKey).digest('hex')} suite`,
  },
};

async function checkService({ agent, objects }: World): Promise<void> {
  const { data = {} } = await objects.get('ConfigMap', 'task-api-config');
  const body = { title: 'book the venue' };
  const stranger = await agent.request({ method: 'POST', path: '/v1/tasks', body });
  checkEqual(stranger.status, data.AUTH_MODE === 'api-key' ? 401 : 201, `the status without a key (${stranger.body})`);
  const headers = { authorization: `Bearer ${apiKey}` };
  const known = await agent.request({ method: 'POST', path: '/v1/tasks', headers, body });
  checkEqual(known.status, 201, `the status with a key (${known.body})`);
}
