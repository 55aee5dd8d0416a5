import { describe, expect, it } from '@jest/globals';
import { mergeChartValues } from './merge-chart-values.ts';

const chart = { values: { db: { size: 2 } }, dependencies: { db: { size: 1, port: 5432 } } };

describe('mergeChartValues', () => {
  it('lays the parent over the defaults of the dependency, and files over both', () => {
    expect(mergeChartValues(chart)).toEqual({ db: { size: 2, port: 5432 } });
    expect(mergeChartValues(chart, { db: { size: 3 } })).toEqual({ db: { size: 3, port: 5432 } });
  });

  it('lets null delete a default of the dependency', () => {
    expect(mergeChartValues(chart, { db: { port: null } })).toEqual({ db: { size: 2 } });
  });

  it('keeps null while the defaults of the dependency are not known', () => {
    const unknown = { ...chart, dependencies: { db: {} } };
    expect(mergeChartValues(unknown, { db: { port: null } })).toEqual({ db: { size: 2, port: null } });
  });
});
