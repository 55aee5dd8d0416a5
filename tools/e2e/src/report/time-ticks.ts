const stepsMs = [1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000];
const mostTicks = 12;

/** Round instants of a span, few enough to be read. */
export function timeTicks(spanMs: number): readonly number[] {
  const stepMs = stepsMs.find((step) => spanMs / step <= mostTicks) ?? 3_600_000;
  return Array.from({ length: Math.floor(spanMs / stepMs) + 1 }, (_, index) => index * stepMs);
}
