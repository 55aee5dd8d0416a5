import { type HelmHookEvent, helmHookEventsOf, helmWeightOf, isHelmHook, isKeptOnUninstall } from './helm-hooks.ts';
import { byCodeUnit, byHelmInstallOrder, byHelmUninstallOrder } from './kind-order.ts';
import { nameOf, type RenderedObject } from './kubernetes-object.ts';
import { type Phase, phasesByWave } from './phase.ts';

export type HelmOperation = 'install' | 'upgrade' | 'rollback' | 'uninstall' | 'test';

/**
 * What Helm does, in its order: hooks by weight and name around the objects of the release in the order of their kinds.
 * A rollback runs the hooks that were stored with the revision it goes back to: pass the objects of that revision.
 */
export function planHelm(objects: readonly RenderedObject[], operation: HelmOperation): readonly Phase[] {
  if (operation === 'test') return hookPhases(objects, 'test');
  const [before, after] = hooksAround[operation];
  return [...hookPhases(objects, before), ...releasePhase(objects, operation), ...hookPhases(objects, after)];
}

const hooksAround = {
  install: ['pre-install', 'post-install'],
  upgrade: ['pre-upgrade', 'post-upgrade'],
  rollback: ['pre-rollback', 'post-rollback'],
  uninstall: ['pre-delete', 'post-delete'],
} as const satisfies Record<Exclude<HelmOperation, 'test'>, readonly [HelmHookEvent, HelmHookEvent]>;

function hookPhases(objects: readonly RenderedObject[], event: HelmHookEvent): readonly Phase[] {
  const hooks = objects.filter(({ object }) => helmHookEventsOf(object).includes(event)).toSorted(byNameThenKind);
  return phasesByWave(event, hooks, ({ object }) => helmWeightOf(object));
}

function releasePhase(objects: readonly RenderedObject[], operation: HelmOperation): readonly Phase[] {
  const isRemoval = operation === 'uninstall';
  const byKind = isRemoval ? byHelmUninstallOrder : byHelmInstallOrder;
  const released = objects.filter(({ object }) => !isHelmHook(object) && !(isRemoval && isKeptOnUninstall(object)));
  if (released.length === 0) return [];
  return [
    {
      name: operation,
      wave: 0,
      objects: released.toSorted((left, right) => byKind(left.object.kind, right.object.kind)),
    },
  ];
}

function byNameThenKind(left: RenderedObject, right: RenderedObject): number {
  return (
    byCodeUnit(nameOf(left.object), nameOf(right.object)) || byHelmInstallOrder(left.object.kind, right.object.kind)
  );
}
