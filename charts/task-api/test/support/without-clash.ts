import type { Values } from './task-api-chart.ts';

/**
 * Puts values that set different top-level keys together, so that one run of Helm judges all of them: a schema judges
 * each value by itself and reports every violation. Gives each the merged values of its group.
 */
export function withoutClash(all: readonly Values[]): ReadonlyMap<Values, Values> {
  const groups: Values[][] = [];
  for (const values of all) {
    const group = groups.find((members) => members.every((member) => !shareKey(member, values)));
    if (group) group.push(values);
    else groups.push([values]);
  }
  return new Map(groups.flatMap((group) => group.map((values) => [values, Object.assign({}, ...group)])));
}

function shareKey(one: Values, other: Values): boolean {
  return Object.keys(one).some((key) => key in other);
}
