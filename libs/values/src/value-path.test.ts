import { describe, expect, it } from '@jest/globals';
import { formatPath, parsePath, valueAt } from './value-path.ts';

describe('parsePath', () => {
  it.each([
    ['replicaCount', ['replicaCount']],
    ['ingress.hosts[0].host', ['ingress', 'hosts', '0', 'host']],
    ['podAnnotations.prometheus\\.io/scrape', ['podAnnotations', 'prometheus.io/scrape']],
    ['', []],
  ])('reads %j, and formatPath writes it', (text, path) => {
    expect(parsePath(text)).toEqual(path);
    expect(formatPath(path)).toBe(text);
  });
});

describe('valueAt', () => {
  it('goes into maps and lists', () => {
    expect(valueAt({ a: [{ b: 1 }] }, ['a', '0', 'b'])).toBe(1);
  });

  it('finds nothing in a scalar, and no inherited key', () => {
    expect(valueAt({ a: 1 }, ['a', 'b'])).toBeUndefined();
    expect(valueAt({}, ['constructor'])).toBeUndefined();
  });
});
