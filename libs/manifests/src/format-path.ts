import { isList, isMap, type Json, type Path, textAt, valueAt } from './json.ts';

/**
 * A path as a person says it: items by their name where that is unique in the list, else by their place from 0.
 *
 * @example formatPath(deployment, path) // 'spec.template.spec.containers[agent].resources.limits.cpu'
 */
export function formatPath(object: Json, path: Path): string {
  const steps = path.map((step, at) =>
    typeof step === 'number' ? `[${itemName(valueAt(object, path.slice(0, at)), step)}]` : keyStep(step),
  );
  return steps.join('').replace(/^\./, '');
}

/** Keys that contain a dot or a slash, as label keys do, go in quotes. */
function keyStep(key: string): string {
  return /^[\w$-]+$/.test(key) ? `.${key}` : `["${key}"]`;
}

function itemName(list: Json | undefined, index: number): string | number {
  const items = isList(list) ? list : [];
  const name = textAt(items[index], 'name');
  const isUnique = items.filter((item) => isMap(item) && item.name === name).length === 1;
  return name !== undefined && name !== '' && isUnique ? name : index;
}
