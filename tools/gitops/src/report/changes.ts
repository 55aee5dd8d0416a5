import { type FileChange, kindOfChange } from '../files/plan-changes.ts';
import type { Block } from './report.ts';
import { countOfLines, unifiedDiff } from './unified-diff.ts';

/** A change as `--json` shows it. */
export function changeData(change: FileChange): Readonly<Record<string, unknown>> {
  return { path: change.path, change: kindOfChange(change) };
}

/** A table of the changes, or the sentence that there are none. */
export function changeBlocks(changes: readonly FileChange[], noChanges: string): readonly Block[] {
  if (changes.length === 0) return [{ kind: 'good', text: noChanges }];
  return [{ kind: 'table', columns: ['file', 'change', 'lines'], rows: changes.map(changeRow) }];
}

export function diffOf({ path, before, after }: FileChange): string {
  return unifiedDiff(path, before, after);
}

function changeRow(change: FileChange): readonly string[] {
  return [change.path, kindOfChange(change), countOfLines(diffOf(change))];
}
