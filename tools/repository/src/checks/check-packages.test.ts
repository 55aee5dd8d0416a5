import { describe, expect, it } from '@jest/globals';
import { complaintsOf } from '../../test/memory-repository.ts';
import { checkPackages } from './check-packages.ts';

const file = 'libs/values/package.json';
const complain = (manifest: object, others: Readonly<Record<string, string>> = { 'libs/values/tsconfig.json': '{}' }) =>
  complaintsOf(checkPackages, { [file]: JSON.stringify(manifest), ...others });

describe('packages', () => {
  it('are named for their folder, private and type-checked', async () => {
    expect(await complain({ name: '@task-api/values', private: true, nx: { name: 'values' } })).toEqual([]);
  });

  it('may not have other names, be published or lack a tsconfig.json', async () => {
    expect(await complain({ name: 'values', nx: { name: 'builder' } }, {})).toEqual([
      `${file} is named values; its folder asks for @task-api/values`,
      `${file} names its project builder; set nx.name to values, the scope of its commits`,
      `${file} could be published; set private to true`,
      `${file} has no tsconfig.json beside it; its code is not type-checked`,
    ]);
  });
});
