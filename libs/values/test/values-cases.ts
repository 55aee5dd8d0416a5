import fc from 'fast-check';
import type { Value, Values } from '../src/merge-values.ts';

/** One merge to compare with Helm: a chart, a dependency of it called `child`, and values files. */
export interface ValuesCase {
  readonly chart: Values;
  readonly child: Values;
  readonly files: readonly [Values, Values, Values];
}

/** Random cases; the same for the same seed. */
export function sampleCases(count: number, seed: number): readonly ValuesCase[] {
  return fc.sample(valuesCase, { numRuns: count, seed });
}

/**
 * All cases as one chart: the keys of case 7 become `case7-a`, `case7-b`. They stay at the root, where
 * Helm treats `null` differently than further down.
 */
export function combineCases(cases: readonly ValuesCase[]): ValuesCase {
  const combine = (part: (one: ValuesCase) => Values) => unite(cases.map((one, index) => numberKeys(part(one), index)));
  const file = (position: 0 | 1 | 2) => combine(({ files }) => files[position]);
  return {
    chart: combine(({ chart }) => chart),
    child: combine(({ child }) => child),
    files: [file(0), file(1), file(2)],
  };
}

/** Maps without common keys as one, but for the dependency's table, which is united too. */
function unite(maps: readonly Values[]): Values {
  return { ...Object.assign({}, ...maps), child: Object.assign({}, ...maps.map(({ child }) => child)) };
}

/** The keys of one case, as {@link combineCases} had numbered them. */
export function keysOfCase(values: Values, index: number): Values {
  const prefix = prefixOf(index);
  const own = Object.entries(values).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

function numberKeys(values: Values, index: number): Values {
  const rename = ([key, value]: [string, Value]) => [`${prefixOf(index)}${key}`, value] as const;
  const { child, ...own } = values;
  const table = child === undefined ? {} : { child: Object.fromEntries(Object.entries(child ?? {}).map(rename)) };
  return { ...Object.fromEntries(Object.entries(own).map(rename)), ...table };
}

function prefixOf(index: number): string {
  return `case${index}-`;
}

const scalar = fc.oneof(
  fc.integer({ min: -1000, max: 100_000 }),
  fc.boolean(),
  fc.constantFrom('', 'x', '1Gi', 'true', '~', 'null', '0123'),
);
// Few keys, so that layers meet; `constructor` because a map must not inherit one.
const key = fc.constantFrom('a', 'b', 'c', 'd', 'constructor');
const list = fc.array(
  fc.oneof(
    scalar,
    fc.constant(null),
    fc.dictionary(key, fc.oneof(scalar, fc.constant(null)), { maxKeys: 2, noNullPrototype: true }),
  ),
  { maxLength: 3 },
);

/** Maps up to three deep. A chart's default is never `null` below the root, where Helm 3 and 4 differ. */
const values = (leaf: fc.Arbitrary<Value>, depth = 3): fc.Arbitrary<Values> =>
  fc.dictionary(key, depth === 1 ? leaf : fc.oneof(leaf, values(leaf, depth - 1)), {
    maxKeys: 5,
    noNullPrototype: true,
  });

const set: fc.Arbitrary<Value> = fc.oneof(scalar, list);
const setOrNull: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: set },
  { weight: 2, arbitrary: fc.constant(null) },
);
const defaults = fc
  .tuple(values(set), fc.dictionary(key, fc.constant(null), { maxKeys: 1, noNullPrototype: true }))
  .map(([all, nulls]): Values => ({ ...all, ...nulls }));
const layer = fc.tuple(values(setOrNull), fc.option(values(setOrNull), { nil: undefined }));
const withChild = ([own, child]: readonly [Values, Values | undefined]): Values =>
  child === undefined ? own : { ...own, child };

const valuesCase: fc.Arbitrary<ValuesCase> = fc.record({
  chart: fc.tuple(defaults, values(setOrNull)).map(withChild),
  child: defaults,
  files: fc
    .tuple(layer, layer, layer)
    .map(([first, second, third]) => [withChild(first), withChild(second), withChild(third)] as const),
});
