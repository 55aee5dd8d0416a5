import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { helm, ownChart, type Values } from './task-api-chart.ts';

/** A StatefulSet as far as the chart looks at it. */
export interface LiveStatefulSet {
  readonly name: string;
  readonly instance: string;
  /** Size that its volume was created with. */
  readonly storage?: string;
  /** Secret that its pods read. */
  readonly secret?: string;
}

/** A Deployment of an agent as far as the chart looks at it. */
export interface LiveAgent {
  readonly name: string;
  readonly instance: string;
  /** `app.kubernetes.io/name` of its selector. */
  readonly selected: string;
}

export interface LiveState {
  readonly statefulSets?: readonly LiveStatefulSet[];
  readonly agents?: readonly LiveAgent[];
  /** Names of Secrets. */
  readonly secrets?: readonly string[];
}

/** What Helm says about values while the API server has these objects and no others: manifests, or why it refuses. */
export async function askWithLiveState(values: Values, live: LiveState): Promise<string> {
  const server = createServer((request, response) => answer(request, response, live));
  const address = await new Promise<AddressInfo>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo)); // not a pipe
  });
  try {
    return await template(values, `http://127.0.0.1:${address.port}`);
  } finally {
    server.close();
  }
}

async function template(values: Values, apiServer: string): Promise<string> {
  const connection = ['--dry-run=server', '--disable-openapi-validation', '--kube-apiserver', apiServer];
  const args = ['template', 'task-api', ownChart.directory, '--namespace', 'agents', ...connection, '--values', '-'];
  const child = execFile(helm.path, args, { env: { HOME: '/nonexistent', KUBECONFIG: '/dev/null' } });
  child.stdin?.end(stringify(values, { version: '1.1' }));
  const [output, errors] = await Promise.all(
    [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')),
  );
  return `${output}${errors}`;
}

function answer({ url = '' }: IncomingMessage, response: ServerResponse, live: LiveState): void {
  const path = url.replace(/\?.*/, '');
  const found = discovery[path] ?? objectsOf(live)[path.replace(namespacePath, '')];
  response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(found ?? notFound));
}

const namespacePath = /^\/apis?\/(apps\/)?v1\/namespaces\/agents\//;

/** Lists and single objects, by their path in the namespace. */
function objectsOf({ statefulSets = [], agents = [], secrets = [] }: LiveState): Readonly<Record<string, object>> {
  const singles = [
    ...statefulSets.map((live) => [`statefulsets/${live.name}`, statefulSet(live)] as const),
    ...secrets.map((name) => [`secrets/${name}`, secret(name)] as const),
  ];
  return {
    ...Object.fromEntries(singles),
    statefulsets: { ...list, kind: 'StatefulSetList', items: statefulSets.map(statefulSet) },
    deployments: { ...list, kind: 'DeploymentList', items: agents.map(deployment) },
  };
}

function secret(name: string): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'agents' } };
}

const list = { apiVersion: 'apps/v1', metadata: {} };

function statefulSet({ name, instance, storage, secret }: LiveStatefulSet): object {
  const claim = { metadata: { name: 'data' }, spec: { resources: { requests: { storage } } } };
  const labels = { 'app.kubernetes.io/instance': instance, 'app.kubernetes.io/component': 'primary' };
  const password = { name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { key: 'password', name: secret } } };
  return {
    ...{ apiVersion: 'apps/v1', kind: 'StatefulSet' },
    metadata: { name, namespace: 'agents', labels },
    spec: {
      template: { spec: { containers: [{ name: 'postgresql', env: [password] }] } },
      volumeClaimTemplates: storage === undefined ? [] : [claim],
    },
  };
}

function deployment({ name, instance, selected }: LiveAgent): object {
  const component = { 'app.kubernetes.io/instance': instance, 'app.kubernetes.io/component': 'agent' };
  const labels = { ...component, 'app.kubernetes.io/name': selected, 'helm.sh/chart': 'task-api-0.1.0' };
  return {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
    metadata: { name, namespace: 'agents', labels },
    spec: { selector: { matchLabels: { ...component, 'app.kubernetes.io/name': selected } } },
  };
}

const notFound = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 };

/** The kinds that the server knows, by their group and version. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  v1: ['ConfigMap', 'Secret', 'Service', 'ServiceAccount'],
  'apps/v1': ['Deployment', 'StatefulSet'],
  'batch/v1': ['Job'],
  'networking.k8s.io/v1': ['NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['Role', 'RoleBinding'],
};

const discovery: Readonly<Record<string, object>> = {
  '/version': { major: '1', minor: '34', gitVersion: 'v1.34.0' },
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: Object.keys(kinds).filter(hasGroup).map(apiGroup) },
  ...Object.fromEntries(Object.keys(kinds).map((version) => [versionPath(version), resourceList(version)])),
};

function hasGroup(groupVersion: string): boolean {
  return groupVersion.includes('/');
}

function versionPath(groupVersion: string): string {
  return `/${hasGroup(groupVersion) ? 'apis' : 'api'}/${groupVersion}`;
}

function apiGroup(groupVersion: string): object {
  const version = { groupVersion, version: 'v1' };
  return { name: groupVersion.split('/')[0], versions: [version], preferredVersion: version };
}

function resourceList(groupVersion: string): object {
  const verbs = ['get', 'list'];
  const known = kinds[groupVersion] ?? [];
  const resources = known.map((kind) => ({ kind, name: pluralOf(kind), namespaced: true, verbs }));
  return { kind: 'APIResourceList', groupVersion, resources };
}

function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  return lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}
