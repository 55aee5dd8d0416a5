import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findHelm } from '@task-api/helm';
import {
  alternativeTo,
  dependencyLanes,
  nested,
  openMaps,
  readChartValues,
  renderVariants,
  schemaAt,
  valueAt,
} from '@task-api/helm/testing';
import { type Situation, situations } from './situations.ts';

const root = join(import.meta.dirname, '../../../..');
const helm = await findHelm();
const { mirror, upstream } = await dependencyLanes({ root, helm, name: 'redis' });
const { values, schema, sentences } = readChartValues(mirror.directory);
const leaves = Object.keys(sentences).map((name) => ({ name, path: name.split('.') }));

const bases = situations.map((situation) => [situation.values]);
const changed = leaves.map(({ path, name }) => {
  const base = situationOf(name).values;
  const before = valueAt(base, path) ?? valueAt(values, path);
  return [base, nested(path, alternativeTo(before, schemaAt(schema, path) ?? {}, schema.definitions))];
});
const wrong = [{ persistance: {} }, { master: { persistance: {} } }, { master: { service: { port: 6379 } } }];
const refused = wrong.map((layer) => [situations[0].values, layer]);
const outcomes = await renderVariants({ helm, chart: mirror, variants: [...bases, ...changed] });

describe('the values of the mirror', () => {
  it('all change what is rendered', () => {
    const isDead = (name: string, index: number) =>
      outcomes[bases.length + index] === outcomes[situations.indexOf(situationOf(name))];
    expect(leaves.filter(({ name }, index) => isDead(name, index))).toEqual([]);
  });

  it('have a sentence in values.yaml and the same in the schema', () => {
    const described = leaves.map(({ path, name }) => [name, schemaAt(schema, path)?.description]);
    expect(sentences).toEqual(Object.fromEntries(described));
  });

  it('are all of them, but for the keys that any chart may get from its parent', () => {
    expect(openMaps(schema)).toEqual(['global']);
  });

  it.each(refused)('do not include a key that is misspelt', async (...layers) => {
    const [message] = await renderVariants({ helm, chart: mirror, variants: [layers] });
    expect(message).toMatch(/(persistance|port).* (not|is not) allowed/);
  });
});

if (upstream) {
  const real = readChartValues(upstream.directory).values;

  describe('the values of the mirror and of the real chart', () => {
    it('have the same defaults', () => {
      const defaults = leaves.map(({ path, name }) => [name, withoutComments(valueAt(real, path))]);
      expect(Object.fromEntries(defaults)).toEqual(
        Object.fromEntries(leaves.map(({ path, name }) => [name, valueAt(values, path)])),
      );
    });
  });
}

/** Where a value has an effect. */
function situationOf(name: string): Situation {
  return situations.find(({ holds }) => holds.test(name)) ?? situations[0];
}

/** The real chart explains its configuration inside of it. */
function withoutComments(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^#.*\n/gm, '') : value;
}
