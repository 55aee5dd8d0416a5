/** Does the work for 0, 1, 2 … `count`, so many at a time. */
export async function inParallel(
  { count, width }: { readonly count: number; readonly width: number },
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** The value below which the given share of the numbers lies. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** How often each value occurs. */
export function countBy<Value extends string | number>(values: Iterable<Value>): Readonly<Record<Value, number>> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  // Every key of the record is a value that was counted.
  return Object.fromEntries([...counts].sort()) as Record<Value, number>;
}
