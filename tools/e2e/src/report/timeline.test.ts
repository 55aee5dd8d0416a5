import { describe, expect, it } from '@jest/globals';
import { timeTicks } from './time-ticks.ts';
import { type Bar, packed } from './timeline.ts';

function bar(startedAtMs: number, endedAtMs: number): Bar {
  return { startedAtMs, endedAtMs, style: 'ready', label: '', hint: '' };
}

describe('packed', () => {
  it('puts what does not overlap into one lane, and what does below', () => {
    const lanes = packed('agent', [[bar(0, 10)], [bar(5, 20)], [bar(10, 30)]]);
    expect(lanes.map(({ bars }) => bars.map(({ startedAtMs }) => startedAtMs))).toEqual([[0, 10], [5]]);
  });

  it('keeps the parts of one pod in one lane', () => {
    const lanes = packed('agent', [[bar(0, 5), bar(5, 10)], [bar(3, 4)]]);
    expect(lanes.map(({ bars }) => bars.length)).toEqual([2, 1]);
  });

  it('makes no lane of nothing', () => {
    expect(packed('agent', [])).toEqual([]);
  });
});

describe('timeTicks', () => {
  it.each([
    [9000, 1000],
    [45_000, 5000],
    [300_000, 30_000],
    [4_000_000, 600_000],
  ])('divides %d ms into steps of %d ms', (spanMs, stepMs) => {
    const ticks = timeTicks(spanMs);
    expect(ticks.slice(0, 2)).toEqual([0, stepMs]);
    expect(ticks.at(-1)).toBeLessThanOrEqual(spanMs);
  });
});
