import type { RenderedObject } from '../kubernetes-object.ts';
import type { PodSource } from '../pods-of.ts';
import type { Problem } from '../problem.ts';
import type { RenderContext } from '../render-context.ts';

/** Judges one object of a render. */
export type ObjectRule = (rendered: RenderedObject, context: RenderContext) => readonly Problem[];

/** Judges the pods that one object makes. */
export type PodRule = (pod: PodSource, context: RenderContext) => readonly Problem[];
