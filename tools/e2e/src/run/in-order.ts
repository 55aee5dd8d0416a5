import type { Scenario, WayToStop } from '../scenario.ts';
import { defaultDeadlineMs } from './run-scenario.ts';

type Placed = Pick<Scenario, 'stopsNodes' | 'deadlineMs'>;

const ranks: Readonly<Record<WayToStop, number>> = { drained: 1, unpowered: 2 };

/**
 * Those that stop nodes come last, at the very end those that take the pods of others along. Before them the longest come
 * first, so that none is left to run alone.
 */
export function inOrder(a: Placed, b: Placed): number {
  return rankOf(a) - rankOf(b) || deadlineOf(b) - deadlineOf(a);
}

function rankOf({ stopsNodes }: Placed): number {
  return stopsNodes === undefined ? 0 : ranks[stopsNodes];
}

function deadlineOf({ deadlineMs = defaultDeadlineMs }: Placed): number {
  return deadlineMs;
}
