/** Works on items, at most so many at a time, in their order. Results come in the order of the items. */
export async function runInParallel<Item, Value>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const results = new Map<number, Value>();
  const entries = items.entries();
  const lane = async () => {
    for (const [index, item] of entries) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, lane));
  // Every index has been worked on, or this line is not reached.
  return items.map((_, index) => results.get(index) as Value);
}
