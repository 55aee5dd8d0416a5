import type { Progress } from '../../load/follow-progress.ts';
import type { Load } from '../../load/start-load.ts';

/** A load whose progress can be looked at. */
export type WatchedLoad = Pick<Load, 'reached' | 'progress'>;

/** Waits until so many requests have been made from now on. */
export async function reachMore(load: WatchedLoad, requests: number): Promise<void> {
  const { requests: made } = await newestProgress(load);
  await load.reached(made + requests);
}

/** `progress` alone is as old as the last wait; `reached` reads the newest. */
export async function newestProgress(load: WatchedLoad): Promise<Progress> {
  await load.reached(0);
  return load.progress();
}
