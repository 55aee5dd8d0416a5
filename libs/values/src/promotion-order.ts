import type { Environment } from './environment.ts';

/** Environments as a release reaches them: what others are promoted from comes first, equals by name. */
export function promotionOrder(environments: readonly Environment[]): readonly Environment[] {
  const origins = new Map(environments.map(({ name, input }) => [name, input.promotesFrom]));
  const stageOf = ({ name }: Environment) => promotionsBefore(name, origins);
  return environments.toSorted((a, b) => stageOf(a) - stageOf(b) || a.name.localeCompare(b.name, 'en'));
}

/** Ends also where the origins form a cycle, which an invariant reports. */
function promotionsBefore(name: string, origins: ReadonlyMap<string, string | undefined>): number {
  const way = new Set<string>();
  for (let at: string | undefined = name; at !== undefined && !way.has(at); at = origins.get(at)) way.add(at);
  return way.size - 1;
}
