import { nameOf, parseManifests, type RenderedObject } from '../src/index.ts';

/** Shorthand for objects that differ only in what a case is about. */
export interface ObjectSketch {
  readonly kind: string;
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly apiVersion?: string;
  readonly namespace?: string;
  readonly spec?: object;
}

export function rendered(...sketches: readonly ObjectSketch[]): readonly RenderedObject[] {
  return parseManifests(sketches.map(documentOf).join('---\n'));
}

/** `kind/name` of each object, in order. */
export function namesOf(objects: readonly RenderedObject[]): readonly string[] {
  return objects.map(({ object }) => `${object.kind}/${nameOf(object)}`);
}

function documentOf({ kind, name, namespace, annotations = {}, apiVersion = 'v1', spec }: ObjectSketch): string {
  return `${JSON.stringify({ apiVersion, kind, metadata: { name, namespace, annotations }, ...(spec && { spec }) })}\n`;
}
