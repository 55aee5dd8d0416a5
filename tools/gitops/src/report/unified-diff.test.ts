import { describe, expect, it } from '@jest/globals';
import { countOfLines, unifiedDiff } from './unified-diff.ts';

describe('unifiedDiff', () => {
  it('shows what changes in a file, as git does', () => {
    expect(unifiedDiff('values.yaml', 'a: 1\nb: 2\n', 'a: 1\nb: 3\n')).toBe(
      '--- a/values.yaml\n+++ b/values.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n',
    );
  });

  it.each([
    ['a new file', undefined, 'a\n', '--- /dev/null\n+++ b/x\n'],
    ['a file that goes away', 'a\n', undefined, '--- a/x\n+++ /dev/null\n'],
  ])('names /dev/null for %s', (_, before, after, head) => {
    expect(unifiedDiff('x', before, after).startsWith(head)).toBe(true);
  });
});

describe('countOfLines', () => {
  it('counts a line of dashes that was removed', () => {
    expect(countOfLines(unifiedDiff('x', '---\na\n', 'a\nb\nc\n'))).toBe('+2 −1');
  });
});
