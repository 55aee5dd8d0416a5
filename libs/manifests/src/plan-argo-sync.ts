import { type ArgoPhaseName, argoPhasesOf, argoWaveOf } from './argo-hooks.ts';
import { byArgoOrder, byCodeUnit } from './kind-order.ts';
import { nameOf, type RenderedObject } from './kubernetes-object.ts';
import { type Phase, phasesByWave } from './phase.ts';

/**
 * What Argo CD does in one sync, as its code decides it object by object: phases, inside them waves, inside these the
 * order of kinds and names. It waits until a wave is healthy before it begins the next. `SyncFail` runs only after a
 * failure. Objects that Argo CD ignores, such as Helm's tests, are in no phase.
 */
export function planArgoSync(objects: readonly RenderedObject[]): readonly Phase[] {
  return phaseNames.flatMap((name) => {
    const members = objects.filter(({ object }) => argoPhasesOf(object).includes(name)).toSorted(byKindThenName);
    return phasesByWave(name, members, ({ object }) => argoWaveOf(object));
  });
}

const phaseNames: readonly ArgoPhaseName[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];

function byKindThenName(left: RenderedObject, right: RenderedObject): number {
  return byArgoOrder(left.object.kind, right.object.kind) || byCodeUnit(nameOf(left.object), nameOf(right.object));
}
