import { credentialPaths } from './credential-paths.ts';
import type { Destination } from './define-environment.ts';
import type { Environment } from './environment.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import type { Values } from './merge-values.ts';
import type { Problem } from './problem.ts';
import { parseQuantity } from './quantity.ts';
import { type ValuePath, valueAt } from './value-path.ts';
import type { ValuesRule } from './values-error.ts';

/** What an invariant may look at beside the environment itself. */
export interface FleetContext {
  readonly environments: readonly Environment[];
  readonly hasRevision: (revision: string) => boolean;
  readonly defaultBranch: string;
}

type FleetInvariant = (environment: Environment, fleet: FleetContext) => readonly Problem[];
type LeafInvariant = (leaf: Leaf, values: Values) => readonly Problem[];

/** What environment.ts and release.yaml say against the rules, alone and beside the other environments. */
export function fleetProblems(environment: Environment, fleet: FleetContext): readonly Problem[] {
  return fleetInvariants.flatMap((holds) => holds(environment, fleet));
}

/** What the merged values say against rules that hold wherever a value of that kind stands. */
export function valueProblems(values: Values): readonly Problem[] {
  return leavesOf(values).flatMap((leaf) => leafInvariants.flatMap((holds) => holds(leaf, values)));
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

const promotesFromAnEnvironment: FleetInvariant = ({ name, input: { promotesFrom } }, { environments }) => {
  const others = environments.map((other) => other.name).filter((other) => other !== name);
  if (promotesFrom === undefined || promotesFrom === name || others.includes(promotesFrom)) return [];
  return [
    {
      rule: 'missing-environment',
      scope: 'input',
      path: ['promotesFrom'],
      value: promotesFrom,
      allowed: others.join(', '),
    },
  ];
};

const promotionsBeginSomewhere: FleetInvariant = ({ name }, { environments }) => {
  const origins = new Map(environments.map((environment) => [environment.name, environment.input.promotesFrom]));
  const way = [name];
  for (let origin = origins.get(name); origin !== undefined && !way.includes(origin); origin = origins.get(origin))
    way.push(origin);
  const last = origins.get(way.at(-1) ?? name);
  return last === name
    ? [{ rule: 'promotion-cycle', scope: 'input', path: ['promotesFrom'], allowed: [...way, name].join(' ← ') }]
    : [];
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
  const paths = credentialPaths((input.values as Values | undefined) ?? {});
  return paths.map((path): Problem => ({ rule: 'inline-credential', scope: 'values', path }));
};

const quantitiesAreQuantities: LeafInvariant = ({ path, value }) => {
  if (!isQuantityPath(path) || value === null || parseQuantity(String(value)) !== undefined) return [];
  return [wrong('bad-quantity', path, value, 'a Kubernetes quantity such as 250m, 0.5, 512Mi or 10Gi')];
};

const requestsAreWithinLimits: LeafInvariant = ({ path, value }, values) => {
  if (path.at(-2) !== 'requests') return [];
  const limit = valueAt(values, path.with(-2, 'limits')) ?? null;
  const [most, requested] = [limit, value].map((quantity) => parseQuantity(String(quantity)));
  if (most === undefined || requested === undefined || requested <= most) return [];
  return [wrong('request-over-limit', path, value, String(limit))];
};

const portsAreInRange: LeafInvariant = ({ path, value }) => {
  const isRight = typeof value !== 'number' || (Number.isInteger(value) && value >= 1 && value <= 65_535);
  return isRight || !isPortPath(path) ? [] : [wrong('bad-port', path, value, 'a whole number from 1 to 65535')];
};

const hostnamesAreDnsNames: LeafInvariant = ({ path, value }) => {
  if (typeof value !== 'string' || value === '' || !isHostnamePath(path) || isHostname(value)) return [];
  return [
    wrong('bad-hostname', path, value, 'a DNS name of small letters, digits, dashes and dots, such as api.example.com'),
  ];
};

const fleetInvariants: readonly FleetInvariant[] = [
  destinationIsItsOwn,
  promotesFromAnEnvironment,
  promotionsBeginSomewhere,
  productionPinsItsChart,
  revisionFitsTheChart,
  revisionExists,
  credentialsStayOutOfGit,
];

const leafInvariants: readonly LeafInvariant[] = [
  quantitiesAreQuantities,
  requestsAreWithinLimits,
  portsAreInRange,
  hostnamesAreDnsNames,
];

function wrong(rule: ValuesRule, path: ValuePath, value: unknown, allowed: string): Problem {
  return { rule, scope: 'values', path, value, allowed };
}

function isSamePlace(one: Destination, other: Destination): boolean {
  return one.server === other.server && one.namespace === other.namespace;
}

function isQuantityPath(path: ValuePath): boolean {
  const [parent, key] = path.slice(-2);
  return (
    parent === 'requests' || parent === 'limits' || key === 'sizeLimit' || (parent === 'persistence' && key === 'size')
  );
}

function isPortPath(path: ValuePath): boolean {
  const [parent, key = ''] = path.slice(-2);
  return /^(port|.*Port)$/.test(key) || parent === 'ports' || parent === 'containerPorts';
}

function isHostnamePath(path: ValuePath): boolean {
  const [parent = '', key] = path.slice(-2);
  return key === 'host' || parent === 'hosts' || parent === 'hostnames';
}

/** RFC 1123, with the leading `*.` that Ingress and Gateway allow. */
function isHostname(text: string): boolean {
  const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
  return text.length <= 253 && new RegExp(`^(\\*\\.)?${label}(\\.${label})*$`).test(text);
}
