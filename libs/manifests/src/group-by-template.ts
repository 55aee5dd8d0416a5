import type { RenderedObject } from './kubernetes-object.ts';

/** The objects of each template, in the order of the stream. */
export function groupByTemplate(objects: readonly RenderedObject[]): ReadonlyMap<string, readonly RenderedObject[]> {
  return Map.groupBy(objects, ({ source }) => source.template);
}
