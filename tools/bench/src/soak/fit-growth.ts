export interface Point {
  readonly atMs: number;
  readonly value: number;
}

export interface Growth {
  /** Fitted value where the points begin. */
  readonly start: number;
  /** What the fitted line gains from the first point to the last. */
  readonly gain: number;
}

const windows = 12;

/**
 * How much something grew, by a line through the lowest value of each of a dozen windows: memory goes up and down with
 * every collection, and only what is left after the collections tells of a leak.
 */
export function fitGrowth(points: readonly Point[]): Growth {
  const lowest = lowestOfWindows(points);
  const meanAtMs = mean(lowest.map(({ atMs }) => atMs));
  const meanValue = mean(lowest.map(({ value }) => value));
  const slope = ratio(
    sum(lowest.map(({ atMs, value }) => (atMs - meanAtMs) * (value - meanValue))),
    sum(lowest.map(({ atMs }) => (atMs - meanAtMs) ** 2)),
  );
  const [first, last] = [points[0]?.atMs ?? 0, points.at(-1)?.atMs ?? 0];
  return { start: meanValue + slope * (first - meanAtMs), gain: slope * (last - first) };
}

function lowestOfWindows(points: readonly Point[]): readonly Point[] {
  const size = Math.max(1, Math.ceil(points.length / windows));
  const starts = Array.from({ length: Math.ceil(points.length / size) }, (_, index) => index * size);
  return starts.map((start) => lowest(points.slice(start, start + size)));
}

function lowest(points: readonly Point[]): Point {
  return points.reduce((best, point) => (point.value < best.value ? point : best));
}

/** A single point has no slope. */
function ratio(dividend: number, divisor: number): number {
  return divisor === 0 ? 0 : dividend / divisor;
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
