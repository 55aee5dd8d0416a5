import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createEnvironment, smallChart } from '../test/small-fleet.ts';
import { explainValue } from './explain-value.ts';
import { layersOf } from './layers.ts';

const tierText = readFileSync(join(import.meta.dirname, 'tiers.ts'), 'utf8');
const layers = layersOf(createEnvironment('prod'), smallChart, tierText);
const tierLine = (start: string) => tierText.split('\n').findIndex((line) => line.trim().startsWith(start)) + 1;

describe('explainValue', () => {
  it('names every layer that sets the value, with file and line', () => {
    expect(explainValue(layers, 'resources.limits.memory')).toEqual([
      { layer: 'chart default', value: '1Gi', file: 'charts/task-api/values.yaml', line: 12 },
      { layer: 'tier', value: '2Gi', file: 'libs/values/src/tiers.ts', line: tierLine('limits: {') },
      { layer: 'environment', value: '4Gi', file: 'environments/prod/environment.ts', line: 6 },
    ]);
    expect(explainValue(layers, 'image.tag')).toEqual([
      { layer: 'chart default', value: '', file: 'charts/task-api/values.yaml', line: 3 },
      { layer: 'release', value: '1.4.0', file: 'environments/prod/release.yaml', line: 4 },
    ]);
  });

  it('shows that a layer removes the value, or what it lies in', () => {
    const removed = layersOf(
      createEnvironment('prod', { values: { resources: { limits: null } } }),
      smallChart,
      tierText,
    );
    expect(explainValue(removed, 'resources.limits.memory').at(-1)).toMatchObject({
      layer: 'environment',
      value: null,
    });
  });

  it('says nothing about what nobody sets', () => {
    expect(explainValue(layers, 'resources.limits.cpu')).toEqual([]);
  });
});
