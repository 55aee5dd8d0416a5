import { createTwoFilesPatch } from 'diff';

const contextLines = 3;

/** The unified diff from one text to another; a text that is missing is /dev/null. */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, {
    context: contextLines,
  });
  return patch.replace(/^=+\n/, '');
}

/** Counts of added and removed lines, as `+3 −1`. */
export function countOfLines(diff: string): string {
  const lines = diff.split('\n').filter((line) => !/^(---|\+\+\+) /.test(line));
  const count = (mark: string) => lines.filter((line) => line.startsWith(mark)).length;
  return `+${count('+')} −${count('-')}`;
}
