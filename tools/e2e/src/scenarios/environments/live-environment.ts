import type { V1Container, V1Pod, V1StatefulSet } from '@kubernetes/client-node';
import { checkSucceeded } from '../../check.ts';
import { agentLabels } from '../../world/agent-pods.ts';
import type { World } from '../../world/world.ts';
import type { DatabaseShape, EnvironmentShape } from './environment-shape.ts';
import type { Resources } from './expected-environment.ts';

/** The shape of what runs, from pods, claims and the environment of the agent's process. */
export async function readLiveEnvironment(world: World): Promise<EnvironmentShape> {
  const { objects, release } = world;
  const { spec } = await objects.get('Deployment', release);
  const autoscaler = await objects.find('HorizontalPodAutoscaler', release);
  const [agent] = await objects.list('Pod', agentLabels);
  const fixed = spec?.replicas ?? 0;
  const { minReplicas = fixed, maxReplicas = fixed } = autoscaler?.spec ?? {};
  return {
    ...(await readSettings(world)),
    agent: resourcesOf(agent, 'agent'),
    pods: [minReplicas, maxReplicas],
    autoscaling: autoscaler !== undefined,
    databases: await readDatabases(world),
  };
}

const printEnvironment = 'console.log(JSON.stringify(process.env))';

/** As a process of the agent's container has them. */
async function readSettings({ kubectl, release }: World): Promise<Pick<EnvironmentShape, 'logLevel' | 'workers'>> {
  const command = ['exec', `deployment/${release}`, '--container', 'agent', '--', 'node', '-e', printEnvironment];
  const { LOG_LEVEL: logLevel, WORKERS: workers } = JSON.parse(checkSucceeded(await kubectl(command)).stdout);
  return { logLevel, workers };
}

async function readDatabases(world: World): Promise<EnvironmentShape['databases']> {
  const statefulSets = await world.objects.list('StatefulSet');
  const shapes = await Promise.all(statefulSets.map((statefulSet) => readDatabase(statefulSet, world)));
  return Object.fromEntries(shapes);
}

async function readDatabase(
  { metadata, status }: V1StatefulSet,
  { objects }: World,
): Promise<readonly [name: string, shape: DatabaseShape]> {
  const name = metadata?.name ?? '';
  const pod = await objects.get('Pod', `${name}-0`);
  const replicas = status?.readyReplicas ?? 0;
  return [name, { replicas, resources: resourcesOf(pod), volume: await volumeOf(pod, objects) }];
}

/** What the kubelet holds a container to; the first one unless it is named. */
function resourcesOf(pod: V1Pod | undefined, name?: string): Resources {
  const isWanted = (container: V1Container) => name === undefined || container.name === name;
  const { requests = {}, limits = {} } = pod?.spec?.containers.find(isWanted)?.resources ?? {};
  return { requests, limits };
}

/** Size of the claim, or what keeps it from being a volume. */
async function volumeOf({ spec }: V1Pod, objects: World['objects']): Promise<string> {
  const claim = spec?.volumes?.find(({ persistentVolumeClaim }) => persistentVolumeClaim)?.persistentVolumeClaim;
  const { status } = await objects.get('PersistentVolumeClaim', claim?.claimName ?? '');
  return status?.phase === 'Bound' ? (status.capacity?.storage ?? 'no size') : `claim is ${status?.phase}`;
}
