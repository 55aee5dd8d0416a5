import { processTree, readStat } from './process-tree.ts';

/** Linux counts in hundredths of a second, whatever its own tick is. */
const tickMs = 10;
/** Own time in user and system mode, then the same of children that have ended: positions after the name. */
const timeFields = [11, 12, 13, 14] as const;

/** Processor time that a process and what it started have taken so far, whether they still run or not. */
export function processorTimeMs(root: number): number {
  const ticks = processTree(root).map(ticksOf);
  return tickMs * ticks.reduce((sum, value) => sum + value, 0);
}

function ticksOf(pid: number): number {
  const stat = readStat(pid);
  return stat === undefined ? 0 : timeFields.reduce((sum, field) => sum + Number(stat[field]), 0);
}
