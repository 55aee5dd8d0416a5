/** Makes a gate through which at most `count` pieces of work pass at once; the others wait in order. */
export function slots(count: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let free = count;
  const enter = () => (free > 0 ? Promise.resolve(void free--) : new Promise<void>((resolve) => waiting.push(resolve)));
  const leave = () => (waiting.shift() ?? (() => void free++))();
  return async (work) => {
    await enter();
    return work().finally(leave);
  };
}
