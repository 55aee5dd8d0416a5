import { describe, expect, it } from '@jest/globals';
import { formatTable } from './format-table.ts';

describe('a table', () => {
  it('aligns names to the left and figures to the right', () => {
    expect(
      formatTable([
        ['', 'req/s'],
        ['a name', '7'],
        ['b', '12345'],
      ]),
    ).toBe(['         req/s', 'a name       7', 'b        12345'].join('\n'));
  });
});
