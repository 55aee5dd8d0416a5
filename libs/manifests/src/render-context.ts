import { isClusterWide } from './cluster-wide.ts';
import { type EnginePlan, enginePlans } from './engine-plan.ts';
import { groupKindOf, type KubernetesObject, nameOf, namespaceOf, type RenderedObject } from './kubernetes-object.ts';
import { type PodSource, podsOf } from './pods-of.ts';
import type { ValidationOptions } from './validation-options.ts';

/** What a rule may look at besides the object that it judges. */
export interface RenderContext {
  readonly objects: readonly RenderedObject[];
  readonly pods: readonly PodSource[];
  readonly plans: readonly EnginePlan[];
  readonly options: ValidationOptions;
  /** Objects of a group and kind, such as `Deployment.apps`, in a namespace. */
  find(wanted: ObjectQuery): readonly RenderedObject[];
}

export interface ObjectQuery {
  readonly groupKind: string;
  readonly namespace: string;
  readonly name?: string;
}

export function renderContext(objects: readonly RenderedObject[], options: ValidationOptions): RenderContext {
  const byGroupKind = Map.groupBy(objects, ({ object }) => groupKindOf(object));
  return {
    objects,
    pods: podsOf(objects),
    plans: enginePlans(objects),
    options,
    find: ({ groupKind, namespace, name }) =>
      (byGroupKind.get(groupKind) ?? []).filter(
        ({ object }) =>
          effectiveNamespaceOf(object, options) === namespace && (name === undefined || nameOf(object) === name),
      ),
  };
}

/** The namespace in which the object will lie; empty for objects that belong to the whole cluster. */
export function effectiveNamespaceOf(
  object: KubernetesObject,
  { namespace }: Pick<ValidationOptions, 'namespace'>,
): string {
  return isClusterWide(object) ? '' : (namespaceOf(object) ?? namespace);
}
