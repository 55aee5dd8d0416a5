import { describe, expect, it } from '@jest/globals';
import { complaintsOf } from '../../test/memory-repository.ts';
import { checkWorkflows } from './check-workflows.ts';

const pinned = `name@${'a'.repeat(40)} # v1.2.3`;
const complain = (text: string) => complaintsOf(checkWorkflows, { '.github/workflows/ci.yaml': text });

describe('workflows', () => {
  it('start without permissions and pin actions', async () => {
    expect(await complain(`permissions: {}\njobs:\n  a:\n    steps:\n      - uses: ${pinned}\n`)).toEqual([]);
  });

  it('may not leave the default permissions', async () => {
    expect(await complain(`      - uses: ${pinned}\n`)).toEqual([
      expect.stringContaining('gives every job the default permissions'),
    ]);
  });

  it('may not follow a tag', async () => {
    expect(await complain('permissions: {}\n      - uses: actions/checkout@v7\n')).toEqual([
      '.github/workflows/ci.yaml:2 uses actions/checkout@v7, which may change; pin the commit: name@<40 digits> # v1.2.3',
    ]);
  });
});
