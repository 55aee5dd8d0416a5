import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { rules } from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('lists every rule as the table has it', () => {
    const rows = readme.split('\n').filter((line) => /^\| `[a-z-]+` \| (error|warning) \|/.test(line));
    expect(rows).toEqual(
      Object.entries(rules).map(([rule, [severity, meaning]]) => `| \`${rule}\` | ${severity} | ${meaning} |`),
    );
  });
});
