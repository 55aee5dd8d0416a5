import type { RenderedObject } from './kubernetes-object.ts';
import { objectReferences } from './object-references.ts';
import { podReferences } from './pod-references.ts';
import type { Reference } from './reference.ts';
import { effectiveNamespaceOf, type RenderContext } from './render-context.ts';

/** Everything that an object and its pods refer to by name. */
export function referencesOf(rendered: RenderedObject, context: RenderContext): readonly Reference[] {
  const pods = context.pods.filter((pod) => pod.rendered === rendered);
  const namespace = effectiveNamespaceOf(rendered.object, context.options);
  return [...objectReferences(rendered.object, namespace), ...pods.flatMap(podReferences)];
}
