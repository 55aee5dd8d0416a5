import { containersOf } from '../containers-of.ts';
import { listAt, type Path, textAt, valueAt } from '../json.ts';
import { groupKindOf, labelsOf, nameOf, type RenderedObject } from '../kubernetes-object.ts';
import { selectorMatches } from '../label-selector.ts';
import type { PodSource } from '../pods-of.ts';
import type { Problem } from '../problem.ts';
import { effectiveNamespaceOf } from '../render-context.ts';
import { selectedPods } from '../selected-pods.ts';
import { didYouMean } from '../suggest.ts';
import type { ObjectRule } from './rule.ts';

export const selectorFindsPods: ObjectRule = ({ object }, context) => {
  if (selectedPods(object, context)?.length !== 0) return [];
  return [
    {
      rule: 'selects-nothing',
      path: selectorPathOf(object.kind),
      message: 'matches no pods of the render; compare it with the labels in the pod templates',
    },
  ];
};

/** Traffic would reach pods that do not listen, and a budget would count pods that are about to end. */
export const selectorSparesHooks: ObjectRule = ({ object }, context) => {
  if (!countedKinds.has(groupKindOf(object))) return [];
  const hooks = selectedPods(object, context)?.filter(({ isHook }) => isHook) ?? [];
  return hooks.map(({ rendered }) => ({
    rule: 'selects-hook',
    path: selectorPathOf(object.kind),
    message: `also matches the pods of the hook ${rendered.object.kind} ${nameOf(rendered.object)}; give them another app.kubernetes.io/component and select by it`,
  }));
};

export const targetPortExists: ObjectRule = ({ object }, context) => {
  if (groupKindOf(object) !== 'Service') return [];
  const pods = selectedPods(object, context) ?? [];
  return listAt(object, 'spec', 'ports').flatMap((port, index): readonly Problem[] => {
    const name = textAt(port, 'targetPort');
    const without = name === undefined ? undefined : pods.find((pod) => !portNamesOf(pod).includes(name));
    if (name === undefined || !without) return [];
    return [
      unknownPort(['spec', 'ports', index, 'targetPort'], {
        name,
        known: portNamesOf(without),
        owner: `the ${without.rendered.object.kind} ${nameOf(without.rendered.object)}`,
      }),
    ];
  });
};

export const monitorFindsPorts: ObjectRule = ({ object }, context) => {
  if (
    groupKindOf(object) !== 'ServiceMonitor.monitoring.coreos.com' ||
    valueAt(object, ['spec', 'namespaceSelector']) !== undefined
  )
    return [];
  const services = context
    .find({ groupKind: 'Service', namespace: effectiveNamespaceOf(object, context.options) })
    .filter((service) => selectorMatches(valueAt(object, ['spec', 'selector']), labelsOf(service.object)));
  if (services.length === 0)
    return [
      {
        rule: 'selects-nothing',
        path: ['spec', 'selector'],
        message: 'matches no Service of the render; compare it with their labels',
      },
    ];
  return listAt(object, 'spec', 'endpoints').flatMap((endpoint, index) =>
    missingEndpointPort(textAt(endpoint, 'port'), index, services),
  );
};

const countedKinds: ReadonlySet<string> = new Set(['PodDisruptionBudget.policy', 'Service']);

function selectorPathOf(kind: string): Path {
  return ['spec', kind === 'NetworkPolicy' ? 'podSelector' : 'selector'];
}

function missingEndpointPort(
  name: string | undefined,
  index: number,
  services: readonly RenderedObject[],
): readonly Problem[] {
  const known = services.flatMap(({ object }) =>
    listAt(object, 'spec', 'ports').flatMap((port) => textAt(port, 'name') ?? []),
  );
  if (name === undefined || known.includes(name)) return [];
  return [unknownPort(['spec', 'endpoints', index, 'port'], { name, known, owner: 'the Service that it selects' })];
}

function portNamesOf(pod: PodSource): readonly string[] {
  return containersOf(pod).flatMap(({ container }) =>
    listAt(container, 'ports').flatMap((port) => textAt(port, 'name') ?? []),
  );
}

interface MissingPort {
  readonly name: string;
  readonly known: readonly string[];
  readonly owner: string;
}

function unknownPort(path: Path, { name, known, owner }: MissingPort): Problem {
  return {
    rule: 'unknown-port',
    path,
    message: `names "${name}"; ${owner} has ${known.join(', ') || 'no named ports'}${didYouMean(name, known)}`,
  };
}
