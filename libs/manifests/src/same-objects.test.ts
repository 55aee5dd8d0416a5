import { describe, expect, it } from '@jest/globals';
import { parseManifests } from './parse-manifests.ts';
import { differingObjects, sameObjects } from './same-objects.ts';

const service = (name: string, chart: string, port: number) =>
  `---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  labels:\n    helm.sh/chart: ${chart}\nspec:\n  ports:\n    - port: ${port}\n`;
const parse = (...documents: readonly string[]) => parseManifests(documents.join(''));

describe('sameObjects', () => {
  it('looks neither at the order nor at what Helm wrote', () => {
    const left = parse(service('a', 'shop-1', 80), service('b', 'shop-1', 81));
    const right = parse(service('b', 'shop-2', 81), service('a', 'shop-2', 80));
    expect(sameObjects(left, right)).toBe(true);
  });

  it('sees a value that differs', () => {
    expect(sameObjects(parse(service('a', 'shop-1', 80)), parse(service('a', 'shop-1', 81)))).toBe(false);
  });
});

describe('differingObjects', () => {
  it('names what changed, came and went', () => {
    const left = parse(service('changed', 'shop-1', 80), service('gone', 'shop-1', 80), service('same', 'shop-1', 80));
    const right = parse(service('changed', 'shop-1', 81), service('same', 'shop-1', 80), service('new', 'shop-1', 80));
    expect(differingObjects(left, right)).toEqual(['Service changed', 'Service gone', 'Service new']);
  });
});
