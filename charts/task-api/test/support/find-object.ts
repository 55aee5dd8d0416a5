import { identityOf, type KubernetesObject, nameOf, type RenderedObject } from '@task-api/manifests';

/** The one object of a kind with a name; fails with what there is instead. */
export function findObject(objects: readonly RenderedObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find(({ object }) => object.kind === kind && nameOf(object) === name);
  if (found !== undefined) return found.object;
  throw new Error(`no ${kind} ${name} among\n${objects.map(({ object }) => identityOf(object)).join('\n')}`);
}

/** Names of all objects of a kind, in the order of the render. */
export function namesOf(objects: readonly RenderedObject[], kind: string): readonly string[] {
  return objects.filter(({ object }) => object.kind === kind).map(({ object }) => nameOf(object));
}
