import { checkEqual, checkMatches, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { patientValues } from '../world/patient-values.ts';
import { roleLabel } from '../world/program-pod.ts';
import { type Reach, reach } from '../world/reach.ts';
import type { World } from '../world/world.ts';
import { type Connection, connectionsOf } from './network-policy/connections-of.ts';
import { denyByDefault, modelName, startModel, startStranger } from './network-policy/start-surroundings.ts';

export const networkPolicy: Scenario = {
  name: 'network-policy',
  title: 'Where everything is denied by default, the release reaches what it needs, and strangers reach nothing of it',
  helm: [4],
  needs: ['network-policy'],
  deadlineMs: 400_000,
  async run(world) {
    const elsewhere = await world.openNamespace('model');
    await world.step('the namespace denies by default', () => denyByDefault(world));
    await world.step('a model and strangers run', () =>
      Promise.all([startModel(elsewhere), startStranger(elsewhere), startStranger(world)]),
    );
    const values = [patientValues, valuesFor(elsewhere.namespace)];
    checkSucceeded(await world.step('credentials, migration and agent start', () => world.helm.install({ values })));
    checkSucceeded(await world.step('helm test reaches all three', () => world.helm.test()));
    await world.step('the agent asks the model', () => checkModel(world));
    const connections = connectionsOf({ namespace: world.namespace, model: hostOf(elsewhere.namespace) });
    await world.step('everybody else reaches nothing', () => checkConnections(connections, { world, elsewhere }));
    await world.step('a label lets the stranger in', () => checkLabel(world));
    checkSucceeded(await world.step('an upgrade, whose hook migrates', () => world.helm.upgrade({ values })));
    world.note('connections tried', connections.length);
  },
};

function valuesFor(modelNamespace: string): object {
  const inNamespace = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  const dns = { ...inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };
  return {
    model: { provider: 'openai-compatible', baseUrl: `http://${hostOf(modelNamespace)}:8080/v1`, name: 'stand-in' },
    networkPolicy: {
      ingressFrom: [{ podSelector: { matchLabels: { [roleLabel]: 'caller' } } }],
      dnsPeers: [dns],
      externalPeers: [inNamespace(modelNamespace)],
    },
  };
}

function hostOf(modelNamespace: string): string {
  return `${modelName}.${modelNamespace}.svc.cluster.local`;
}

/** The caller is let in, the answer comes from the other namespace. */
async function checkModel({ agent }: World): Promise<void> {
  const body = { model: 'stand-in', messages: [{ role: 'user', content: 'who speaks?' }] };
  const answer = await agent.request({ method: 'POST', path: '/v1/chat/completions', body });
  checkEqual(answer.status, 200, `the status of a completion by the model (${answer.body})`);
  checkMatches(answer.body, /Here speaks the endpoint\./, 'the answer of the model');
}

interface Places {
  readonly world: World;
  readonly elsewhere: World;
}

async function checkConnections(connections: readonly Connection[], places: Places): Promise<void> {
  const lines = (reaches: readonly Reach[]) =>
    connections.map(({ where, from, host, port }, index) => `${where} ${from} → ${host}:${port} ${reaches[index]}`);
  const found = await Promise.all(connections.map((connection) => reach(places[connection.where], connection)));
  checkEqual(lines(found), lines(connections.map(({ expected }) => expected)), 'who reaches whom');
}

/** With the labels of the test pod a stranger is one of the release: policies, and nothing else, were in the way. */
async function checkLabel(world: World): Promise<void> {
  const labels = ['name=task-api', 'instance=task-api', 'component=test'].map((label) => `app.kubernetes.io/${label}`);
  checkSucceeded(await world.kubectl(['label', 'pod', 'stranger', ...labels]));
  for (const { host, port } of [
    { host: 'task-api-postgresql', port: 5432 },
    { host: 'task-api', port: 8000 },
  ])
    await world.eventually(`the stranger to reach ${host}`, async () =>
      checkEqual(await reach(world, { from: 'pod/stranger', host, port }), 'open', `the stranger at ${host}:${port}`),
    );
}
