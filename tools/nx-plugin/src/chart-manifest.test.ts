import { describe, expect, it } from '@jest/globals';
import { readDependencyNames } from './chart-manifest.ts';

describe('readDependencyNames', () => {
  it('lists the charts that a chart depends on', () => {
    const text = 'name: a\ndependencies:\n  - name: postgresql\n    version: 12.x\n  - name: redis\n';
    expect(readDependencyNames(text, 'charts/a/Chart.yaml')).toEqual(['postgresql', 'redis']);
  });

  it('takes a chart without dependencies, and an empty file', () => {
    expect(readDependencyNames('name: a\n', 'charts/a/Chart.yaml')).toEqual([]);
    expect(readDependencyNames('', 'charts/a/Chart.yaml')).toEqual([]);
  });

  it('names the file that is not YAML', () => {
    expect(() => readDependencyNames('name: [a', 'charts/a/Chart.yaml')).toThrow(
      /^charts\/a\/Chart\.yaml is not YAML that Helm could read: .+/,
    );
  });
});
