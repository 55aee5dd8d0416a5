import { checkEqual, checkMatches, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { roleLabel } from '../world/program-pod.ts';
import { quickValues } from '../world/quick-values.ts';
import { type Reach, reach } from '../world/reach.ts';
import type { World } from '../world/world.ts';
import {
  denyByDefault,
  modelName,
  modelPorts,
  startModel,
  startStranger,
} from './network-policy/start-surroundings.ts';

export const networkPolicy: Scenario = {
  name: 'network-policy',
  title: 'Where everything is denied by default, the release reaches what it needs, and strangers reach nothing of it',
  helm: [4],
  needs: ['network-policy'],
  async run(world) {
    const elsewhere = await world.openNamespace('model');
    await world.step('the namespace denies by default', () => denyByDefault(world));
    await world.step('a model and strangers run', () =>
      Promise.all([startModel(elsewhere), startStranger(elsewhere), startStranger(world)]),
    );
    const values = [quickValues, valuesFor(elsewhere.namespace)];
    checkSucceeded(await world.step('credentials, migration and agent start', () => world.helm.install({ values })));
    checkSucceeded(await world.step('helm test reaches all three', () => world.helm.test()));
    await world.step('the agent asks the model', () => checkModel(world));
    const connections = connectionsOf(world.namespace, elsewhere.namespace);
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

interface Connection {
  readonly where: 'world' | 'elsewhere';
  readonly from: string;
  readonly host: string;
  readonly port: number;
  readonly expected: Reach;
}

/** What is silent for some is open for others: so it is the policy, and not the target, that says nothing. */
function connectionsOf(namespace: string, modelNamespace: string): readonly Connection[] {
  const model = hostOf(modelNamespace);
  const release = (name: string) => `${name}.${namespace}.svc.cluster.local`;
  const agent = { where: 'world', from: 'deployment/task-api' } as const;
  const stranger = { where: 'world', from: 'pod/stranger' } as const;
  const foreigner = { where: 'elsewhere', from: 'pod/stranger' } as const;
  const parts = [
    { host: release('task-api'), port: 8000 },
    { host: release('task-api-postgresql'), port: 5432 },
    { host: release('task-api-redis-master'), port: 6379 },
  ] as const;
  const [service, ...databases] = parts;
  return [
    ...databases.map((part) => ({ ...agent, ...part, expected: 'open' as const })),
    { ...agent, host: model, port: modelPorts.known, expected: 'open' },
    { ...agent, host: model, port: modelPorts.other, expected: 'silent' },
    { ...stranger, host: model, port: modelPorts.other, expected: 'open' },
    // Nobody answers names there, but whoever may ask is told so.
    { ...agent, host: model, port: 53, expected: 'silent' },
    { ...stranger, host: model, port: 53, expected: 'closed' },
    { ...agent, host: 'kubernetes.default.svc.cluster.local', port: 443, expected: 'silent' },
    { ...stranger, host: 'kubernetes.default.svc.cluster.local', port: 443, expected: 'open' },
    ...parts.flatMap((part) =>
      [stranger, foreigner].map((from) => ({ ...from, ...part, expected: 'silent' as const })),
    ),
    { where: 'world', from: 'pod/e2e-caller', ...service, expected: 'open' },
    ...databases.map((part) => ({
      where: 'world' as const,
      from: 'pod/e2e-caller',
      ...part,
      expected: 'silent' as const,
    })),
    { where: 'world', from: 'statefulset/task-api-postgresql', ...service, expected: 'silent' },
    {
      where: 'world',
      from: 'statefulset/task-api-postgresql',
      host: model,
      port: modelPorts.known,
      expected: 'silent',
    },
    { where: 'world', from: 'statefulset/task-api-redis-master', ...service, expected: 'silent' },
  ];
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
