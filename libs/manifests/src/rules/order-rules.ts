import { argoDeletePoliciesOf, argoPhasesOf, isArgoHook } from '../argo-hooks.ts';
import type { EnginePlan } from '../engine-plan.ts';
import { helmDeletePoliciesOf, helmHookEventsOf, isHelmHook } from '../helm-hooks.ts';
import { type KubernetesObject, nameOf, type RenderedObject } from '../kubernetes-object.ts';
import type { Problem } from '../problem.ts';
import { isProvided, type Producer, producersOf } from '../producers.ts';
import type { Reference } from '../reference.ts';
import { referencesOf } from '../references-of.ts';
import { effectiveNamespaceOf, type RenderContext } from '../render-context.ts';
import type { ObjectRule } from './rule.ts';

/** Both engines wait for the pods of one phase before they begin the next, where the object would come. */
export const neededObjectsComeFirst: ObjectRule = (rendered, context) =>
  needsOf(rendered, context).flatMap((need): readonly Problem[] => {
    const late = context.plans.flatMap((plan) => latenessOf(need, plan));
    if (late.length === 0) return [];
    const message = `needs ${named(need.producer.rendered.object)}, but ${late.join(', and ')}`;
    return [{ rule: 'comes-too-late', path: need.reference.path, message }];
  });

/** A hook that is deleted when it has succeeded is gone for everything outside its own phase. */
export const neededHooksStay: ObjectRule = (rendered, context) =>
  directNeedsOf(rendered, context).flatMap(({ reference, producer }): readonly Problem[] => {
    const [hook, consumer] = [producer.rendered.object, rendered.object];
    const engines = [
      isDeletedByHelm(hook, consumer) ? 'Helm' : [],
      isDeletedByArgo(hook, consumer) ? 'Argo CD' : [],
    ].flat();
    if (engines.length === 0) return [];
    return [
      {
        rule: 'deleted-before-use',
        path: reference.path,
        message: `needs ${named(hook)}, which is deleted by ${engines.join(' and ')} as soon as that hook has succeeded`,
      },
    ];
  });

/** Helm runs the hooks before an upgrade before it applies anything else. */
export const upgradeHooksReadNothingNew: ObjectRule = (rendered, context) => {
  if (!helmHookEventsOf(rendered.object).includes('pre-upgrade')) return [];
  const plain = directNeedsOf(rendered, context).filter(({ producer }) => !isHelmHook(producer.rendered.object));
  return plain.map(({ reference, producer }) => ({
    rule: 'reads-previous-release',
    path: reference.path,
    message: `needs ${named(producer.rendered.object)}, which before an upgrade is still that of the release before, or absent when it is new`,
  }));
};

/** What the pods of an object need, with the objects of the render that are it. */
interface Need {
  readonly consumer: RenderedObject;
  readonly reference: Reference;
  readonly producer: Producer;
}

function needsOf(consumer: RenderedObject, context: RenderContext): readonly Need[] {
  const namespace = effectiveNamespaceOf(consumer.object, context.options);
  const needed = referencesOf(consumer, context).filter(
    (reference) => reference.blocksPod && !isProvided(reference, namespace, context),
  );
  const onePerPath = [...new Map(needed.map((reference) => [reference.path.join('.'), reference])).values()];
  return onePerPath.flatMap((reference) =>
    producersOf(reference, namespace, context).map((producer) => ({ consumer, reference, producer })),
  );
}

/** Without what a maker has made: that stays when the maker goes, and is no part of any release. */
function directNeedsOf(consumer: RenderedObject, context: RenderContext): readonly Need[] {
  return needsOf(consumer, context).filter(({ producer }) => !producer.isMaker);
}

function latenessOf({ consumer, producer }: Need, { engine, turnOf }: EnginePlan): readonly string[] {
  const [here, there] = [turnOf(consumer), turnOf(producer.rendered)];
  if (!here || (there && there.rank <= here.rank)) return [];
  return [there ? `${engine} creates it in ${there.phase}, after ${here.phase}` : `${engine} never creates it`];
}

function isDeletedByHelm(hook: KubernetesObject, consumer: KubernetesObject): boolean {
  const isTransient = isHelmHook(hook) && helmDeletePoliciesOf(hook).includes('hook-succeeded');
  return isTransient && !isWithin(helmHookEventsOf(consumer), helmHookEventsOf(hook));
}

function isDeletedByArgo(hook: KubernetesObject, consumer: KubernetesObject): boolean {
  const isTransient = isArgoHook(hook) && argoDeletePoliciesOf(hook).includes('HookSucceeded');
  const phases = argoPhasesOf(consumer);
  return isTransient && phases.length > 0 && !(isArgoHook(consumer) && isWithin(phases, argoPhasesOf(hook)));
}

/** Whether something runs only while what it depends on is there; what is no hook runs all the time. */
function isWithin(phases: readonly string[], lifetime: readonly string[]): boolean {
  return phases.length > 0 && phases.every((phase) => lifetime.includes(phase));
}

function named(object: KubernetesObject): string {
  return `the ${object.kind} ${nameOf(object)}`;
}
