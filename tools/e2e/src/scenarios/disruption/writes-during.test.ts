import { describe, expect, it } from '@jest/globals';
import type { Progress } from '../../load/follow-progress.ts';
import { reachMore, type WatchedLoad } from './reach-more.ts';
import { writesDuring } from './writes-during.ts';

/** Has done more by every look at it; `progress` tells of the last look. */
function loadOf(...looks: readonly Progress[]): WatchedLoad & { readonly goals: readonly number[] } {
  const goals: number[] = [];
  const reached = async (goal: number) => void goals.push(goal);
  return { goals, reached, progress: () => looks[Math.min(goals.length, looks.length) - 1] ?? at(0, 0, 0) };
}

function at(requests: number, tasks: number, runs: number): Progress {
  return { requests, failed: 0, acknowledged: { tasks, runs } };
}

describe('writesDuring', () => {
  it('counts what was acknowledged between the beginning and the end of the work, and nothing before', async () => {
    const load = loadOf(at(100, 15, 10), at(300, 40, 27));
    expect(await writesDuring(load, async () => undefined)).toEqual({ tasks: 25, runs: 17 });
  });

  it('counts none where requests were made and none was acknowledged', async () => {
    const load = loadOf(at(100, 15, 10), at(300, 15, 10));
    expect(await writesDuring(load, async () => undefined)).toEqual({ tasks: 0, runs: 0 });
  });
});

describe('reachMore', () => {
  it('counts from what has been made by now, not from the last look', async () => {
    const load = loadOf(at(500, 0, 0));
    await reachMore(load, 200);
    expect(load.goals).toEqual([0, 700]);
  });
});
