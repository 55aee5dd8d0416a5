import type { ChartValues } from './chart-values.gen.ts';
import type { Values } from './merge-values.ts';

/** The three sizes of an installation; `tiers.ts` says what each holds. */
export type Tier = 'dev' | 'staging' | 'prod';

/** What a layer over the chart's defaults may say: any part of the values, and `null` to remove a default. */
export type EnvironmentValues = ValuesPatch<ChartValues>;

/** What `environments/<name>/environment.ts` says about one environment. */
export interface EnvironmentInput {
  readonly tier: Tier;
  readonly destination: Destination;
  /** `pinned`: the chart at the commit of release.yaml. `floating`: the chart of the default branch. */
  readonly chart: 'pinned' | 'floating';
  readonly sync: SyncInput;
  /** The environment whose release.yaml this one takes over; a directory name below `environments/`. */
  readonly promotesFrom?: string;
  /** What differs from the tier. */
  readonly values?: EnvironmentValues;
}

export interface Destination {
  /** URL of the cluster's API server as Argo CD knows it. */
  readonly server: string;
  readonly namespace: string;
}

export interface SyncInput {
  /** Whether Argo CD applies what git says without being asked. */
  readonly automated: boolean;
  /** Whether Argo CD undoes changes that were made in the cluster. */
  readonly selfHeal: boolean;
  /** Whether Argo CD deletes objects that git no longer has; the default is `true`. */
  readonly prune?: boolean;
}

type ValuesPatch<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: ValuesPatch<Exclude<T[Key], undefined>> | null }
    : T;

const brand = Symbol.for('@task-api/values/environment');

/**
 * Declares an environment. The default export of every `environments/<name>/environment.ts` is its result.
 *
 * @example
 * export default defineEnvironment({
 *   tier: 'dev',
 *   destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-dev' },
 *   chart: 'floating',
 *   sync: { automated: true, selfHeal: true },
 * });
 */
export function defineEnvironment(input: EnvironmentInput): EnvironmentInput {
  return Object.defineProperty({ ...input }, brand, { value: true });
}

/** Whether a value came out of {@link defineEnvironment}. */
export function isDefinedEnvironment(value: unknown): value is EnvironmentInput {
  return typeof value === 'object' && value !== null && brand in value;
}

/** What a layer says, as the plain data that it is. */
export function plainValues(values: EnvironmentValues): Values {
  return values as Values; // the types come from a schema of plain data, but as interfaces they say less
}
