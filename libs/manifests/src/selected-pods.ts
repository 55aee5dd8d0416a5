import { textMapAt, valueAt } from './json.ts';
import { groupKindOf, type KubernetesObject } from './kubernetes-object.ts';
import { isEmptySelector, type Labels, labelsMatch, selectorMatches } from './label-selector.ts';
import type { PodSource } from './pods-of.ts';
import { effectiveNamespaceOf, type RenderContext } from './render-context.ts';

/** The pods of the render that an object selects; undefined for kinds that select none, and for selectors that are empty. */
export function selectedPods(object: KubernetesObject, context: RenderContext): readonly PodSource[] | undefined {
  const matches = matcherOf(object);
  if (!matches) return undefined;
  const namespace = effectiveNamespaceOf(object, context.options);
  return context.pods.filter(
    ({ rendered, labels }) => effectiveNamespaceOf(rendered.object, context.options) === namespace && matches(labels),
  );
}

type Matcher = (labels: Labels) => boolean;

const selectorFields: Readonly<Record<string, string>> = {
  'NetworkPolicy.networking.k8s.io': 'podSelector',
  'PodDisruptionBudget.policy': 'selector',
};

function matcherOf(object: KubernetesObject): Matcher | undefined {
  const groupKind = groupKindOf(object);
  if (groupKind === 'Service') return serviceMatcher(textMapAt(object, 'spec', 'selector'));
  const selector = valueAt(object, ['spec', selectorFields[groupKind] ?? '']);
  return isEmptySelector(selector) ? undefined : (labels) => selectorMatches(selector, labels);
}

/** A Service without selector gets its endpoints from someone else. */
function serviceMatcher(wanted: Labels): Matcher | undefined {
  return Object.keys(wanted).length === 0 ? undefined : (labels) => labelsMatch(wanted, labels);
}
