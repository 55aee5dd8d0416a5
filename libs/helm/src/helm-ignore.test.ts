import { describe, expect, it } from '@jest/globals';
import { parseHelmIgnore } from './helm-ignore.ts';

const isIgnored = parseHelmIgnore('# comment\n\ntest/\n*.md\n/root-only.txt\nnested/*.tmp\n');
const file = (path: string) => isIgnored({ path, isDirectory: false });

describe('parseHelmIgnore', () => {
  it('leaves out a folder named with a slash, and keeps a file of that name', () => {
    expect(isIgnored({ path: 'test', isDirectory: true })).toBe(true);
    expect(file('test')).toBe(false);
  });

  it('matches a pattern without a slash at every depth', () => {
    expect(file('README.md')).toBe(true);
    expect(file('docs/guide.md')).toBe(true);
    expect(file('values.yaml')).toBe(false);
  });

  it('matches a pattern with a slash from the chart’s root only', () => {
    expect(file('root-only.txt')).toBe(true);
    expect(file('files/root-only.txt')).toBe(false);
    expect(file('nested/a.tmp')).toBe(true);
    expect(file('other/nested/a.tmp')).toBe(false);
  });

  it('leaves out whatever a negated pattern does not match, as Helm does', () => {
    const isIgnoredBy = parseHelmIgnore('!*.yaml\n');
    expect(isIgnoredBy({ path: 'values.yaml', isDirectory: false })).toBe(false);
    expect(isIgnoredBy({ path: 'notes.txt', isDirectory: false })).toBe(true);
  });
});
