import type { V1Pod } from '@kubernetes/client-node';
import type { Observation } from '../../recorder/observation.ts';
import { isReady } from '../../world/pod-facts.ts';

/** The least number of pods that were ready at the same time; who is asked to go counts as gone, as for a budget. */
export function fewestReady(
  before: readonly V1Pod[],
  changes: readonly Pick<Observation<'Pod'>, 'change' | 'object'>[],
): number {
  const ready = new Set(before.filter(isReady).map(nameOf));
  let fewest = ready.size;
  for (const { change, object } of changes) {
    if (change !== 'deleted' && isReady(object)) ready.add(nameOf(object));
    else ready.delete(nameOf(object));
    fewest = Math.min(fewest, ready.size);
  }
  return fewest;
}

function nameOf({ metadata }: V1Pod): string {
  return metadata?.name ?? '';
}
