import { describe, expect, it } from '@jest/globals';
import type { Layer } from '@task-api/values';
import { overlaidPaths, pathsOf } from './value-paths.ts';

const layer = (name: Layer['name'], values: Layer['values']): Layer => ({
  name,
  values,
  source: { file: '', text: '' },
  root: [],
});

describe('pathsOf', () => {
  it('lists maps before what they hold, and a list as one value', () => {
    expect(pathsOf({ image: { tag: '1' }, hosts: [{ host: 'a' }] })).toEqual(['image', 'image.tag', 'hosts']);
  });
});

describe('overlaidPaths', () => {
  it('lists each single value that a layer above the chart sets, once and sorted', () => {
    const layers = [
      layer('chart default', { port: 8000 }),
      layer('tier', { replicaCount: 3, image: { tag: '1' } }),
      layer('release', { image: { tag: '2', repository: 'r' } }),
    ];
    expect(overlaidPaths(layers)).toEqual(['image.repository', 'image.tag', 'replicaCount']);
  });
});
