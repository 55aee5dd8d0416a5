import { processTree, readStat } from './process-tree.ts';

/** What is read of the processes of a machine. */
export interface ProcessTable {
  readonly treeOf: (root: number) => readonly number[];
  readonly statOf: (pid: number) => readonly string[] | undefined;
}

/** Linux counts in hundredths of a second, whatever its own tick is. */
const tickMs = 10;
/** Own time in user and system mode, then the same of children that have ended: positions after the name. */
const timeFields = [11, 12, 13, 14] as const;
const attempts = 20;
const ownTable: ProcessTable = { treeOf: processTree, statOf: readStat };

/**
 * Processor time that a process and what it started have taken so far, whether they still run or not. Counted again
 * when one has come or gone meanwhile: one that ends between two readings would be in neither or in both.
 */
export function processorTimeMs(root: number, table: ProcessTable = ownTable): number {
  let tree = table.treeOf(root);
  for (let attempt = 1; ; attempt += 1) {
    const ticks = tree.map((pid) => ticksOf(table.statOf(pid)));
    const treeAfter = table.treeOf(root);
    if (isSame(tree, treeAfter) || attempt === attempts) return tickMs * ticks.reduce((sum, value) => sum + value, 0);
    tree = treeAfter;
  }
}

function ticksOf(stat: readonly string[] | undefined): number {
  return stat === undefined ? 0 : timeFields.reduce((sum, field) => sum + Number(stat[field]), 0);
}

function isSame(tree: readonly number[], other: readonly number[]): boolean {
  return tree.length === other.length && tree.every((pid, index) => pid === other[index]);
}
