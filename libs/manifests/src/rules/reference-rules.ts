import { mapAt } from '../json.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { nameOf } from '../kubernetes-object.ts';
import type { Problem } from '../problem.ts';
import { isProvided, producersOf } from '../producers.ts';
import type { Reference } from '../reference.ts';
import { referencesOf } from '../references-of.ts';
import { effectiveNamespaceOf, type RenderContext } from '../render-context.ts';
import { didYouMean } from '../suggest.ts';
import type { ObjectRule } from './rule.ts';

export const referencesResolve: ObjectRule = (rendered, context) => {
  const namespace = effectiveNamespaceOf(rendered.object, context.options);
  const unresolved = referencesOf(rendered, context).filter(
    (reference) =>
      producersOf(reference, namespace, context).length === 0 && !isProvided(reference, namespace, context),
  );
  return unresolved.map((reference) => unresolvedReference(reference, namespace, context));
};

export const referencedKeysExist: ObjectRule = (rendered, context) => {
  const namespace = effectiveNamespaceOf(rendered.object, context.options);
  return referencesOf(rendered, context).flatMap((reference): readonly Problem[] => {
    const holders = context.find({ groupKind: reference.groupKind, namespace, name: reference.name });
    const keys = holders.flatMap(({ object }) => keysOf(object));
    const { key } = reference;
    if (key === undefined || holders.length === 0 || keys.includes(key.name)) return [];
    return [
      {
        rule: 'unresolved-key',
        path: key.path,
        message: `names "${key.name}"; the ${reference.groupKind} ${reference.name} has ${keys.join(', ') || 'no keys'}${didYouMean(key.name, keys)}`,
      },
    ];
  });
};

function unresolvedReference({ groupKind, name, path }: Reference, namespace: string, context: RenderContext): Problem {
  const [kind = groupKind] = groupKind.split('.');
  const others = context.find({ groupKind, namespace }).map(({ object }) => nameOf(object));
  return {
    rule: 'unresolved-reference',
    path,
    message: `names the ${kind} "${name}", which neither the render nor anything provided contains${didYouMean(name, others)}`,
  };
}

function keysOf(object: KubernetesObject): readonly string[] {
  return ['data', 'stringData', 'binaryData'].flatMap((field) => Object.keys(mapAt(object, field)));
}
