import type { Environment } from '@task-api/values';
import { type ChartRevision, workingTree } from './read-chart.ts';

/** The commit whose chart an environment deploys, or the working tree when its chart floats. */
export function chartRevisionOf({ input, release }: Environment): ChartRevision {
  return input.chart === 'pinned' ? release.chart.revision : workingTree;
}
