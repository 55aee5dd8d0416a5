import { storageKeyOf } from './identity-of.ts';
import { isList, isMap, type Json } from './json.ts';
import type { RenderedObject } from './kubernetes-object.ts';

/** Whether two renders hold the same objects, whatever their order and whatever Helm wrote on them itself. */
export function sameObjects(left: readonly RenderedObject[], right: readonly RenderedObject[]): boolean {
  return differingObjects(left, right).length === 0;
}

/** The objects, as `Deployment.apps task-api`, that only one of two renders has or that differ in anything but Helm's own labels. */
export function differingObjects(left: readonly RenderedObject[], right: readonly RenderedObject[]): readonly string[] {
  const [before, after] = [contentByKey(left), contentByKey(right)];
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => before.get(key) !== after.get(key)).sort();
}

/** What Helm or the chart machinery writes to say which chart and tool an object came from. */
const writtenByHelm: ReadonlySet<string> = new Set([
  'helm.sh/chart',
  'app.kubernetes.io/managed-by',
  'meta.helm.sh/release-name',
  'meta.helm.sh/release-namespace',
]);

function contentByKey(objects: readonly RenderedObject[]): ReadonlyMap<string, string> {
  return new Map(objects.map(({ object }) => [storageKeyOf(object, ''), JSON.stringify(sorted(object))]));
}

/** Keys in one order and without Helm's labels, so that equal objects are equal text. */
function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const keys = Object.keys(value).filter((key) => !writtenByHelm.has(key));
  return Object.fromEntries(keys.sort().map((key) => [key, sorted(value[key] ?? null)]));
}
