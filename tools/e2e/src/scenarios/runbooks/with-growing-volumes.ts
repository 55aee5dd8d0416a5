import { checkSucceeded } from '../../check.ts';
import type { World } from '../../world/world.ts';

/** Runs an action while there is a StorageClass like the cluster's own whose volumes can grow. */
export async function withGrowingVolumes<Value>(
  world: World,
  action: (name: string) => Promise<Value>,
): Promise<Value> {
  const name = `growing-${world.namespace}`;
  const { stdout } = checkSucceeded(await world.kubectl(['get', 'storageclasses', '--output=json']));
  // The API server describes StorageClasses in this way.
  const { items } = JSON.parse(stdout) as { readonly items: readonly StorageClass[] };
  const own = items.find(({ metadata }) => metadata.annotations?.[defaultMark] === 'true') ?? items[0];
  const growing = { ...own, metadata: { name }, allowVolumeExpansion: true };
  checkSucceeded(await world.kubectl(['apply', '--filename=-'], { input: JSON.stringify(growing) }));
  try {
    return await action(name);
  } finally {
    await world.kubectl(['delete', 'storageclass', name]);
  }
}

const defaultMark = 'storageclass.kubernetes.io/is-default-class';

interface StorageClass {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}
