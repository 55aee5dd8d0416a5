import { checkSucceeded } from '../check.ts';
import type { World } from './world.ts';

/** An object of the namespace, of whatever kind. */
export interface ContentsEntry {
  /** `StatefulSet/task-api-postgresql`. */
  readonly name: string;
  readonly uid: string;
  /** Changes when somebody changes what the object shall be, and not when its status changes. */
  readonly version: string;
}

/** Everything in the namespace, of every kind that the API server knows, but what the suite and Kubernetes put there. */
export async function namespaceContents({ kubectl }: Pick<World, 'kubectl'>): Promise<readonly ContentsEntry[]> {
  const listed = await kubectl(['api-resources', '--verbs=list', '--namespaced', '--output=name']);
  const kinds = checkSucceeded(listed)
    .stdout.split('\n')
    .filter((kind) => kind !== '' && !passing.has(kind));
  const { stdout } = checkSucceeded(await kubectl(['get', kinds.join(','), '--output=json']));
  // The API server describes every object in this way.
  const { items } = JSON.parse(stdout) as { readonly items: readonly RawObject[] };
  return items
    .filter((item) => !isForeign(item))
    .map(toEntry)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** What comes and goes by itself, or is a view of other objects. */
const passing = new Set([
  'events',
  'events.events.k8s.io',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'pods.metrics.k8s.io',
]);

/** Kinds whose objects have no generation, but no status either. */
const plainKinds = new Set(['ConfigMap', 'Secret', 'ServiceAccount', 'Role', 'RoleBinding', 'Service']);

interface RawObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation?: number;
    readonly resourceVersion: string;
  };
}

function isForeign({ kind, metadata: { name } }: RawObject): boolean {
  const isKubernetes =
    `${kind}/${name}` === 'ConfigMap/kube-root-ca.crt' || `${kind}/${name}` === 'ServiceAccount/default';
  return isKubernetes || name.startsWith('e2e-');
}

function toEntry({ kind, metadata }: RawObject): ContentsEntry {
  const { name, uid, generation, resourceVersion } = metadata;
  const version = generation ?? (plainKinds.has(kind) ? resourceVersion : uid);
  return { name: `${kind}/${name}`, uid, version: String(version) };
}
