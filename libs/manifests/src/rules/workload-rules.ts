import { type Json, mapAt, numberAt, textAt, valueAt } from '../json.ts';
import { groupKindOf, nameOf } from '../kubernetes-object.ts';
import { isEmptySelector, selectorMatches } from '../label-selector.ts';
import { effectiveNamespaceOf } from '../render-context.ts';
import type { ObjectRule, PodRule } from './rule.ts';

export const selectorMatchesOwnPods: PodRule = ({ rendered, labels }) => {
  const selector = valueAt(rendered.object, ['spec', 'selector']);
  if (!ownSelectorKinds.has(groupKindOf(rendered.object)) || selector === undefined) return [];
  if (!isEmptySelector(selector) && selectorMatches(selector, labels)) return [];
  const problem = isEmptySelector(selector)
    ? 'is empty'
    : `does not match the labels of the pods in spec.template (${labelText(labels)})`;
  return [
    { rule: 'selector-mismatch', path: ['spec', 'selector'], message: `${problem}; the API server refuses the object` },
  ];
};

export const strategyFitsItsSettings: ObjectRule = ({ object }) => {
  const path = ['spec', object.kind === 'Deployment' ? 'strategy' : 'updateStrategy'];
  const type = textAt(object, ...path, 'type');
  const hasSettings = Object.keys(mapAt(object, ...path, 'rollingUpdate')).length > 0;
  if (!hasSettings || type === undefined || type === 'RollingUpdate') return [];
  return [
    {
      rule: 'inconsistent-fields',
      path: [...path, 'rollingUpdate'],
      message: `is set although the type is ${type}; allowed is to leave it out`,
    },
  ];
};

export const rolloutCanProgress: ObjectRule = ({ object }) => {
  const settings = mapAt(object, 'spec', 'strategy', 'rollingUpdate');
  const { maxSurge, maxUnavailable } = settings;
  if (object.kind !== 'Deployment' || !isNothing(maxSurge) || !isNothing(maxUnavailable)) return [];
  return [
    {
      rule: 'inconsistent-fields',
      path: ['spec', 'strategy', 'rollingUpdate'],
      message: 'allows neither a pod more nor a pod less, so no rollout can begin',
    },
  ];
};

export const autoscalerRangeIsOrdered: ObjectRule = ({ object }) => {
  const [least, most] = [numberAt(object, 'spec', 'minReplicas') ?? 1, numberAt(object, 'spec', 'maxReplicas')];
  if (groupKindOf(object) !== 'HorizontalPodAutoscaler.autoscaling' || most === undefined || least <= most) return [];
  return [
    {
      rule: 'inconsistent-fields',
      path: ['spec', 'minReplicas'],
      message: `is ${least}, more than maxReplicas, which is ${most}`,
    },
  ];
};

export const replicasAreLeftToAutoscaler: ObjectRule = ({ object }, context) => {
  const isFixed = numberAt(object, 'spec', 'replicas') !== undefined;
  const scalers = context.find({
    groupKind: 'HorizontalPodAutoscaler.autoscaling',
    namespace: effectiveNamespaceOf(object, context.options),
  });
  const scaler = scalers.find((candidate) =>
    targets(valueAt(candidate.object, ['spec', 'scaleTargetRef']), object.kind, nameOf(object)),
  );
  if (!isFixed || !scaler) return [];
  return [
    {
      rule: 'replicas-fought-over',
      path: ['spec', 'replicas'],
      message: `is set although the HorizontalPodAutoscaler ${nameOf(scaler.object)} scales the ${object.kind}; leave it out`,
    },
  ];
};

const ownSelectorKinds: ReadonlySet<string> = new Set([
  'DaemonSet.apps',
  'Deployment.apps',
  'ReplicaSet.apps',
  'StatefulSet.apps',
]);

function labelText(labels: Readonly<Record<string, string>>): string {
  return (
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(', ') || 'none'
  );
}

function isNothing(value: Json | undefined): boolean {
  return value === 0 || value === '0%' || value === '0';
}

function targets(reference: Json | undefined, kind: string, name: string): boolean {
  return textAt(reference, 'kind') === kind && textAt(reference, 'name') === name;
}
