import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPackageStore } from './debian/package-store.ts';
import { type Ingredients, imageRecipes } from './image-recipes.ts';

const one = { name: 'libc6', version: '2.36', sha256: 'a'.repeat(64) };

let folder: string;
let given: Ingredients;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'task-api-recipes-'));
  await writeFile(join(folder, 'node'), 'node');
  given = {
    references: {
      pause: 'r/pause:1',
      postgresql: 'r/pg:1',
      redis: 'r/redis:1',
      agent: 'r/agent:1',
      toolbox: 'r/toolbox:1',
    },
    packages: { base: [one], postgresql: [one], redis: [one], node: [one], pause: [one], toolbox: [one] },
    store: await openPackageStore(join(folder, 'debs')),
    agent: {
      folder,
      config: { User: '10001:10001', Cmd: ['serve'] },
      node: { version: '24', path: join(folder, 'node') },
    },
    agentVariants: [{ tag: 'next', files: { 'sql/0015-add-x.sql': 'select 1;' } }],
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('imageRecipes', () => {
  it('makes one image for each role and one for each variant of the agent', async () => {
    const recipes = await imageRecipes(given);
    expect(recipes.map(({ reference }) => reference)).toEqual([
      'r/pause:1',
      'r/pg:1',
      'r/redis:1',
      'r/agent:1',
      'r/agent:next',
      'r/toolbox:1',
    ]);
  });

  it('lays the files of a variant over the agent, which runs as it did', async () => {
    const [agent, variant] = (await imageRecipes(given)).filter(({ role }) => role === 'agent');
    expect(variant?.config).toEqual(agent?.config);
    expect(inputsOf(variant).slice(0, -1)).toEqual(inputsOf(agent));
    expect([...((await variant?.layers.at(-1)?.build()) ?? [])].map(([path]) => path)).toEqual([
      'app/sql/0015-add-x.sql',
    ]);
  });

  it('shares the base between the databases and the agent', async () => {
    const recipes = await imageRecipes(given);
    const bases = recipes.filter(({ layers }) => layers.length > 1).map((recipe) => inputsOf(recipe)[0]);
    expect(bases).toHaveLength(4);
    expect(new Set(bases.map(String)).size).toBe(1);
  });

  it('stops PostgreSQL with the signal that does not wait for clients', async () => {
    const postgresql = (await imageRecipes(given)).find(({ role }) => role === 'postgresql');
    expect(postgresql?.config).toMatchObject({ User: '1001:0', StopSignal: 'SIGINT' });
  });

  it('builds a layer anew when a byte of a variant changes', async () => {
    const changed = { ...given, agentVariants: [{ tag: 'next', files: { 'sql/0015-add-x.sql': 'select 2;' } }] };
    const [before, after] = await Promise.all([given, changed].map(imageRecipes));
    expect(inputsOf(before?.[4]).at(-1)).not.toEqual(inputsOf(after?.[4]).at(-1));
    expect(inputsOf(before?.[3])).toEqual(inputsOf(after?.[3]));
  });
});

function inputsOf(recipe: { readonly layers: readonly { readonly inputs: readonly string[] }[] } | undefined) {
  return recipe?.layers.map(({ inputs }) => inputs) ?? [];
}
