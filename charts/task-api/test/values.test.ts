import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mergeValues, type Values as PlainValues } from '@task-api/values';
import { type Mutation, mutate, preconditionsOf } from './support/mutations.ts';
import { chart, chartDirectory, manifestOf, ownChart, type Values } from './support/task-api-chart.ts';
import { type Leaf, leavesOf, nest } from './support/values-leaves.ts';

interface Case extends Leaf, Mutation {
  readonly name: string;
  readonly leaf: Leaf;
  readonly preconditions: Values;
}

const leaves = leavesOf(chartDirectory);
const dependencies = ['postgresql', 'redis'];
const isOwn = ({ path }: Leaf) => !dependencies.includes(path[0] ?? '') && path.join('.') !== 'global.storageClass';
const cases = leaves.filter(isOwn).map(
  (leaf, index): Case => ({
    ...{ ...mutate(leaf, index), path: leaf.path, leaf },
    name: leaf.path.join('.'),
    preconditions: preconditionsOf(leaf),
  }),
);
const marked = cases.filter(({ token }) => token !== undefined);
const unmarked = cases.filter(({ token }) => token === undefined);

describe('changing a value changes the render', () => {
  // One render for all values with the same preconditions: each brings a text of its own into it.
  const together = Map.groupBy(marked, ({ preconditions }) => preconditions);
  const renders = new Map(
    [...together].map(([preconditions, group]) => [
      preconditions,
      render(merge([preconditions, ...group.map(changed)])),
    ]),
  );

  it.each(marked)('$name', async ({ preconditions, token = '' }) => {
    const manifest = await renders.get(preconditions);
    expect([token, btoa(token)].filter((text) => manifest?.includes(text))).not.toEqual([]);
  });

  it.concurrent.each(unmarked)('$name', async ({ path, leaf, preconditions, ...mutation }) => {
    const unchanged = typeof leaf.value === 'boolean' ? [nest(path, leaf.value)] : [];
    const before = await render(merge([preconditions, ...unchanged]));
    const after = await render(merge([preconditions, companions[path.join('.')] ?? {}, nest(path, mutation.value)]));
    expect(after === before).toBe(false);
  });
});

describe('null', () => {
  it('removes any map or list whose keys or entries are the user’s', async () => {
    const removable = leaves.filter((leaf) => isOwn(leaf) && typeof leaf.value === 'object' && !isNeeded(leaf));
    const labels = [{ path: ['commonLabels'] }, { path: ['metrics', 'dashboard', 'labels'] }];
    const nothing = [...removable, ...labels].map(({ path }) => nest(path, null));
    const features = {
      metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true }, dashboard: { enabled: true } },
    };
    await expect(render(merge([features, ...nothing]))).resolves.toContain('kind: Deployment');
  });

  const isNeeded = ({ path }: Leaf) =>
    ['networkPolicy.apiServerPorts', 'securityContext.capabilities.drop'].includes(path.join('.'));
});

describe('a value of a dependency is one that the dependency reads', () => {
  // Below a map that is empty by default every key is read: annotations, limits.
  const known = new Set(
    dependencies.flatMap((name) =>
      leavesOf(join(chart.directory, 'charts', name)).map(({ path }) => [name, ...path].join('.')),
    ),
  );
  const own = leaves.filter(({ path }) => dependencies.includes(path[0] ?? '') && path[1] !== 'enabled');

  it.each(own.map(({ path }) => ({ name: path.join('.'), path })))('$name', ({ path }) => {
    expect(prefixesOf(path).some((prefix) => known.has(prefix))).toBe(true);
  });
});

/** What has to change with a value for the combination to be accepted. */
const companions: Readonly<Record<string, Values>> = {
  'model.provider': { model: { baseUrl: 'https://models.example.com/v1' } },
};

function render(values: Values): Promise<string> {
  return manifestOf(ownChart, values);
}

function changed({ path, value }: Case): Values {
  return nest(path, value);
}

function merge(layers: readonly Values[]): Values {
  const plain = layers as readonly PlainValues[]; // written as YAML afterwards, which can hold the same
  return plain.reduce((merged, layer) => mergeValues(merged, layer), {});
}

function prefixesOf(path: readonly string[]): readonly string[] {
  return path.map((_, index) => path.slice(0, index + 1).join('.'));
}
