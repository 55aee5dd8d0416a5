import { isMap, type JsonMap, listAt, type Path } from './json.ts';
import type { PodSource } from './pods-of.ts';

export interface ContainerPlace {
  readonly container: JsonMap;
  readonly path: Path;
  readonly isInit: boolean;
}

/** Every container of a pod, init containers first, as they start. */
export function containersOf(pod: PodSource): readonly ContainerPlace[] {
  return lists.flatMap((list) =>
    listAt(pod.spec, list).flatMap((container, index) =>
      isMap(container) ? [{ container, path: [...pod.path, list, index], isInit: list === 'initContainers' }] : [],
    ),
  );
}

const lists = ['initContainers', 'containers'] as const;
