/**
 * Some of the mutations, others for each commit: all of them in every run would take too long, and the same ones would
 * say nothing of the rest.
 */
export function pickMutations(names: readonly string[], commit: string, count: number): readonly string[] {
  const start = Number.parseInt(commit.slice(0, 8), 16) % names.length;
  return Array.from(
    { length: Math.min(count, names.length) },
    (_, index) => names[(start + index) % names.length] ?? '',
  );
}
