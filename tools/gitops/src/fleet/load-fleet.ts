import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GitopsError } from '../gitops-error.ts';
import { evaluateEnvironments } from './evaluate-environments.ts';
import type { Fleet } from './fleet.ts';

/**
 * Reads `environments/*` and checks it, one environment by itself and all against each other. Another thread evaluates
 * the environments while this one loads the code that understands them.
 *
 * @throws AggregateError with every mistake, or GitopsError when there is nothing to check
 */
export async function loadFleet(root: string): Promise<Fleet> {
  const names = environmentNames(root);
  if (names.length === 0) throw new GitopsError('no-environments');
  const evaluating = evaluateEnvironments(names.map((name) => ({ name, path: join(root, environmentFile(name)) })));
  // readFleet awaits it; until then a failure must not count as one that nobody handles.
  evaluating.catch(() => undefined);
  const { readFleet } = await import('./read-fleet.ts');
  return readFleet(root, names, evaluating);
}

/** Adding a directory with an environment.ts is all the registration there is. */
function environmentNames(root: string): readonly string[] {
  const folder = join(root, 'environments');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(root, environmentFile(name))))
    .sort();
}

function environmentFile(name: string): string {
  return `environments/${name}/environment.ts`;
}
