import { describe, expect, it } from '@jest/globals';
import { temporaryChart } from '../test/temporary-chart.ts';
import { openChart } from './chart.ts';

const variantsOf = (root: string) => openChart('charts/web', root).variants.map(({ name }) => name);

describe('openChart', () => {
  it('has the defaults and a variant for each values file', () => {
    const root = temporaryChart({ 'values-prod.yaml': 'replicas: 3\n', 'values-dev.yaml': 'replicas: 1\n' });
    expect(variantsOf(root)).toEqual(['defaults', 'dev', 'prod']);
    expect(openChart('charts/web', root).variants[2]?.values).toEqual(['replicas: 3\n']);
  });

  it('takes the files of ci instead of defaults that cannot be installed', () => {
    const root = temporaryChart({ 'ci/standalone-values.yaml': 'auth: {}\n' });
    expect(variantsOf(root)).toEqual(['standalone']);
  });

  it('knows the path of a chart below charts', () => {
    expect(openChart('charts/web', temporaryChart({})).path).toBe('web');
  });

  it('refuses a folder without a chart', () => {
    expect(() => openChart('charts/none', temporaryChart({}))).toThrow('charts/none holds no Chart.yaml');
  });
});
