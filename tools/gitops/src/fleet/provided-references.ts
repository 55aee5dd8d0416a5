import { type Environment, environmentValues, type Value, type Values } from '@task-api/values';
import type { Fleet } from './fleet.ts';

/** Keys by which the values name a Secret that somebody else creates in the namespace. */
const secretKeys: ReadonlySet<string> = new Set(['existingSecret', 'secretName', 'imagePullSecrets']);

/** The objects that an environment's values refer to and the chart does not make: `v1 Secret task-api-credentials`. */
export function providedReferences(environment: Environment, fleet: Fleet): readonly string[] {
  const names = secretNames(environmentValues(environment, fleet.chartOf(environment)));
  return [...new Set(names)].map((name) => `v1 Secret ${name}`);
}

function secretNames(values: Values): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => (secretKeys.has(key) ? namesIn(value) : nestedNames(value)));
}

function nestedNames(value: Value): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(nestedNames);
  return isMap(value) ? secretNames(value) : [];
}

function namesIn(value: Value): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isMap(value) ? namesIn(value.name ?? '') : [];
}

function isMap(value: Value): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
