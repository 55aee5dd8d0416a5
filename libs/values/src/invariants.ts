import { credentialPaths } from './credential-paths.ts';
import { type Destination, plainValues } from './define-environment.ts';
import type { Environment } from './environment.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import type { Values } from './merge-values.ts';
import type { Problem } from './problem.ts';
import { parseQuantity } from './quantity.ts';
import { valueAt } from './value-path.ts';

/** What an invariant may look at beside the environment itself. */
export interface FleetContext {
  readonly environments: readonly Environment[];
  /** What each environment is promoted from, by name. */
  readonly origins: ReadonlyMap<string, string | undefined>;
  readonly hasRevision: (revision: string) => boolean;
  readonly defaultBranch: string;
}

type FleetInvariant = (environment: Environment, fleet: FleetContext) => readonly Problem[];
type ValuesInvariant = (values: Values) => readonly Problem[];

/** What environment.ts and release.yaml say against the rules, alone and beside the other environments. */
export function fleetProblems(environment: Environment, fleet: FleetContext): readonly Problem[] {
  return fleetInvariants.flatMap((holds) => holds(environment, fleet));
}

/** What the merged values say against rules that a schema cannot express. */
export function valueProblems(values: Values): readonly Problem[] {
  return valuesInvariants.flatMap((holds) => holds(values));
}

const destinationIsItsOwn: FleetInvariant = ({ name, input: { destination } }, { environments }) => {
  const twin = environments.find((other) => other.name !== name && isSamePlace(other.input.destination, destination));
  if (twin === undefined) return [];
  return [
    {
      rule: 'duplicate-destination',
      scope: 'input',
      path: ['destination', 'namespace'],
      value: destination.namespace,
      hint: twin.name,
    },
  ];
};

const promotesFromAnEnvironment: FleetInvariant = ({ name, input: { promotesFrom } }, { origins }) => {
  if (promotesFrom === undefined || origins.has(promotesFrom)) return [];
  const others = [...origins.keys()].filter((other) => other !== name).join(', ');
  return [
    { rule: 'missing-environment', scope: 'input', path: ['promotesFrom'], value: promotesFrom, allowed: others },
  ];
};

const promotionsBeginSomewhere: FleetInvariant = ({ name }, { origins }) => {
  const way = new Set([name]);
  let origin = origins.get(name);
  while (origin !== undefined && !way.has(origin)) {
    way.add(origin);
    origin = origins.get(origin);
  }
  if (origin !== name) return [];
  return [{ rule: 'promotion-cycle', scope: 'input', path: ['promotesFrom'], allowed: [...way, name].join(' ← ') }];
};

const productionPinsItsChart: FleetInvariant = ({ input: { tier, chart } }) => {
  return tier === 'prod' && chart === 'floating'
    ? [{ rule: 'floating-production', scope: 'input', path: ['chart'] }]
    : [];
};

const revisionFitsTheChart: FleetInvariant = ({ input, release }, { defaultBranch }) => {
  const { revision } = release.chart;
  const isFit = input.chart === 'floating' ? revision === defaultBranch : /^[0-9a-f]{40}$/.test(revision);
  const allowed =
    input.chart === 'floating'
      ? `${defaultBranch}, since the chart floats`
      : 'a commit id of 40 hexadecimal digits, since the chart is pinned';
  return isFit ? [] : [{ rule: 'malformed', scope: 'release', path: ['chart', 'revision'], value: revision, allowed }];
};

const revisionExists: FleetInvariant = ({ input, release: { chart } }, { hasRevision }) => {
  if (input.chart === 'floating' || !/^[0-9a-f]{40}$/.test(chart.revision) || hasRevision(chart.revision)) return [];
  return [{ rule: 'missing-revision', scope: 'release', path: ['chart', 'revision'], value: chart.revision }];
};

const credentialsStayOutOfGit: FleetInvariant = ({ input }) => {
  const paths = credentialPaths(plainValues(input.values ?? {}));
  return paths.map((path): Problem => ({ rule: 'inline-credential', scope: 'values', path }));
};

/** Helm takes `null` for "as if this chart had said nothing", and the dependency would make up passwords of its own. */
const dependenciesKeepTheirSettings: FleetInvariant = ({ input: { values = {} } }) => {
  const removed = Object.entries(values).filter(([name, value]) => dependencies.has(name) && value === null);
  return removed.map(([name]): Problem => ({ rule: 'dependency-removed', scope: 'values', path: [name] }));
};

const dependencies: ReadonlySet<string> = new Set(['postgresql', 'redis']);

const requestsAreWithinLimits: ValuesInvariant = (values) => {
  const requests = leavesOf(values).filter(({ path }) => path.at(-2) === 'requests');
  return requests.flatMap((request) => requestOverLimit(request, values));
};

const fleetInvariants: readonly FleetInvariant[] = [
  destinationIsItsOwn,
  promotesFromAnEnvironment,
  promotionsBeginSomewhere,
  productionPinsItsChart,
  revisionFitsTheChart,
  revisionExists,
  credentialsStayOutOfGit,
  dependenciesKeepTheirSettings,
];

const valuesInvariants: readonly ValuesInvariant[] = [requestsAreWithinLimits];

function requestOverLimit({ path, value }: Leaf, values: Values): readonly Problem[] {
  const limit = valueAt(values, path.with(-2, 'limits')) ?? null;
  const [most, requested] = [limit, value].map((quantity) => parseQuantity(String(quantity)));
  if (most === undefined || requested === undefined || requested <= most) return [];
  return [{ rule: 'request-over-limit', scope: 'values', path, value, allowed: String(limit) }];
}

function isSamePlace(one: Destination, other: Destination): boolean {
  return one.server === other.server && one.namespace === other.namespace;
}
