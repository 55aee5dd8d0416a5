import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { findHelm, type HelmBinary } from '@task-api/helm';
import { mergeChartValues } from '../src/merge-chart-values.ts';
import { mergeFiles, type Values } from '../src/merge-values.ts';
import { minimalValues } from '../src/overlay.ts';
import { writeYaml } from '../src/write-yaml.ts';
import { valuesOfHelm } from './helm-values.ts';
import { combineCases, keysOfCase, sampleCases, type ValuesCase } from './values-cases.ts';

const count = 320;
const seed = 20_261_123;
const cases = sampleCases(count, seed);

describe.each([3, 4] as const)('mergeValues and Helm %d', (major) => {
  let helm: HelmBinary;
  beforeAll(async () => {
    helm = await findHelm({ major });
  });

  it(`make the same of ${count} random charts with a dependency and three values files each`, async () => {
    const values = await valuesOfHelm(helm, combineCases(cases));
    expect(mismatches(values)).toEqual([]);
  });

  it('make the same of the minimal file as of the three files that it replaces', async () => {
    const minimal = cases.map((one): ValuesCase => ({ ...one, files: [minimize(one), {}, {}] }));
    const values = await valuesOfHelm(helm, combineCases(minimal));
    expect(mismatches(values)).toEqual([]);
  });

  it('give a dependency whose table is null its own defaults', async () => {
    const one: ValuesCase = {
      chart: { child: { a: 1, b: 2 } },
      child: { a: 3, c: null },
      files: [{ child: null }, {}, {}],
    };
    expect(await valuesOfHelm(helm, one)).toEqual(merge(one));
  });

  it('read text that looks like something else in YAML as text', async () => {
    const texts = [
      'no',
      'off',
      'y',
      'NULL',
      '~',
      '',
      '017',
      '0o17',
      '0x1f',
      '1_000',
      '1e3',
      '.5',
      '12:30:45',
      '2026-11-23',
      '=',
      '- a',
      '#',
      ' a ',
      'a: b',
      '@a',
      'a\n  b\n',
    ];
    const one: ValuesCase = {
      chart: {},
      child: {},
      files: [{ texts, ...Object.fromEntries(texts.map((text) => [text, text])) }, {}, {}],
    };
    expect(await valuesOfHelm(helm, one, writeYaml)).toEqual(merge(one));
  });
});

describe('null over a null of the chart, below the root', () => {
  const one: ValuesCase = { chart: { a: { b: null } }, child: {}, files: [{ a: { b: null } }, {}, {}] };

  it('stays under Helm 4, as mergeValues has it', async () => {
    expect(await valuesOfHelm(await findHelm({ major: 4 }), one)).toEqual({ a: { b: null }, child: {} });
    expect(merge(one)).toEqual({ a: { b: null }, child: {} });
  });

  it('goes away under Helm 3', async () => {
    expect(await valuesOfHelm(await findHelm({ major: 3 }), one)).toEqual({ a: {}, child: {} });
  });
});

/** The cases of which Helm makes something else than the merge does. */
function mismatches(values: Values): readonly object[] {
  const results = cases.map((one, index) => ({ one, helm: valuesOfCase(values, index), merged: merge(one) }));
  return results.filter(({ helm, merged }) => !isDeepStrictEqual(helm, merged));
}

function merge({ chart, child, files }: ValuesCase): Values {
  return mergeChartValues({ values: chart, dependencies: { child } }, ...files);
}

function minimize({ chart, files }: ValuesCase): Values {
  return minimalValues(chart, mergeFiles(...files));
}

function valuesOfCase(values: Values, index: number): Values {
  return { ...keysOfCase(values, index), child: keysOfCase(values.child as Values, index) }; // the dependency's table is a map
}
