import type { Environment } from '@task-api/values';
import { GitopsError } from '../gitops-error.ts';
import type { Fleet } from './fleet.ts';
import { nearest } from './nearest.ts';

/**
 * The named environments in the order of the fleet, or all of them when none is named.
 *
 * @throws GitopsError `unknown-environment`, with the nearest name
 */
export function selectEnvironments(
  { environments }: Pick<Fleet, 'environments'>,
  names: readonly string[],
): readonly Environment[] {
  const known = environments.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new GitopsError('unknown-environment', {
      value: unknown,
      allowed: known.join(', '),
      hint: nearest(unknown, known),
    });
  }
  return names.length === 0 ? environments : environments.filter(({ name }) => names.includes(name));
}

/** @throws GitopsError `unknown-environment` */
export function selectOne(fleet: Pick<Fleet, 'environments'>, name: string): Environment {
  const [environment] = selectEnvironments(fleet, [name]);
  if (environment === undefined) throw new Error(`${name} was selected but is not there`);
  return environment;
}
