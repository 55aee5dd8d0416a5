import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { E2eError } from '../e2e-error.ts';
import type { Mutation } from '../mutations/mutation.ts';
import type { Scenario } from '../scenario.ts';

const source = join(import.meta.dirname, '..');

/** The scenarios, by the files in their folder. */
export function discoverScenarios(): Promise<readonly Scenario[]> {
  return discover<Scenario>('scenario', 'export const … : Scenario, with the name of the file');
}

/** The mutations, by the files in their folder. */
export function discoverMutations(): Promise<readonly Mutation[]> {
  return discover<Mutation>('mutation', 'export const … : Mutation, with the name of the file');
}

async function discover<Registered extends { readonly name: string }>(
  role: 'scenario' | 'mutation',
  allowed: string,
): Promise<readonly Registered[]> {
  const folder = join(source, `${role}s`);
  const files = (await readdir(folder)).filter((file) => file.endsWith(`.${role}.ts`)).sort();
  return Promise.all(
    files.map(async (file) => {
      const exported = Object.values<Registered>(await import(join(folder, file)));
      const found = exported.find(({ name }) => `${name}.${role}.ts` === file);
      if (found === undefined) throw new E2eError('scenario-file', { path: `${role}s/${file}`, allowed });
      return found;
    }),
  );
}
