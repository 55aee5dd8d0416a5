import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { insertConfigurationTable } from '../scripts/configuration-table.ts';

describe('the README', () => {
  it('has the table of the contract', () => {
    const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    expect(insertConfigurationTable(text)).toBe(text);
  });
});
