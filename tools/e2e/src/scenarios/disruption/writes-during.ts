import type { Acknowledged } from '../../load/program/load-report.ts';
import { newestProgress, type WatchedLoad } from './reach-more.ts';

/** Does the work, and returns how many writes were acknowledged meanwhile. */
export async function writesDuring(load: WatchedLoad, work: () => Promise<unknown>): Promise<Acknowledged> {
  const { acknowledged: before } = await newestProgress(load);
  await work();
  const { acknowledged: after } = await newestProgress(load);
  return { tasks: after.tasks - before.tasks, runs: after.runs - before.runs };
}
