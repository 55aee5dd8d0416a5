import { describe, expect, it } from '@jest/globals';
import { mergeFiles, mergeValues } from './merge-values.ts';

describe('mergeValues', () => {
  it('merges maps key by key', () => {
    const chart = { image: { tag: '1', pullPolicy: 'Always' } };
    expect(mergeValues(chart, { image: { tag: '2' } })).toEqual({ image: { tag: '2', pullPolicy: 'Always' } });
  });

  it('replaces a list whole', () => {
    expect(mergeValues({ hosts: ['a', 'b'] }, { hosts: ['c'] })).toEqual({ hosts: ['c'] });
  });

  it('deletes what the chart set and a file sets to null', () => {
    expect(mergeValues({ resources: { limits: { cpu: '1' } } }, { resources: { limits: null } })).toEqual({
      resources: {},
    });
  });

  it('keeps null where the chart sets nothing', () => {
    expect(mergeValues({}, { limits: null, requests: { cpu: null } })).toEqual({
      limits: null,
      requests: { cpu: null },
    });
  });

  it('brings the keys of the chart back when a later file puts a map over null', () => {
    const chart = { probe: { path: '/', port: 80 } };
    expect(mergeValues(chart, { probe: null }, { probe: { port: 81 } })).toEqual({ probe: { path: '/', port: 81 } });
  });

  it('lets a map win over a scalar and a scalar over a map', () => {
    expect(mergeValues({ a: 1, b: { c: 1 } }, { a: { d: 2 }, b: 3 })).toEqual({ a: { d: 2 }, b: 3 });
  });

  it('knows own keys only', () => {
    expect(mergeValues({}, { constructor: { a: 1 } })).toEqual({ constructor: { a: 1 } });
  });

  it('leaves its inputs unchanged', () => {
    const chart = { image: { tag: '1' } };
    mergeValues(chart, { image: { tag: '2' } });
    expect(chart).toEqual({ image: { tag: '1' } });
  });
});

describe('mergeFiles', () => {
  it('keeps null, which only means something over the chart', () => {
    expect(mergeFiles({ a: { b: 1 } }, { a: { b: null } })).toEqual({ a: { b: null } });
  });
});
