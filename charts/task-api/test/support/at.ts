import type { Json, KubernetesObject } from '@task-api/manifests';

/** The value at a path of an object, or undefined where a step does not exist. */
export function at(
  object: KubernetesObject | Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  return path.reduce<Json | undefined>(step, object);
}

/** The list at a path; an absent one is empty. */
export function listAt(
  object: KubernetesObject | Json | undefined,
  ...path: readonly (string | number)[]
): readonly Json[] {
  const found = at(object, ...path);
  return isList(found) ? found : [];
}

function step(value: Json | undefined, key: string | number): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isList(value)) return value[Number(key)];
  return value[key];
}

// Array.isArray alone does not narrow a readonly list.
function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
