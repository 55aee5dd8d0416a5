import type { ChartDefaults } from './chart-defaults.ts';
import type { Environment } from './environment.ts';
import type { ValuesError } from './values-error.ts';

/** What the environments' input cannot say by itself. */
export interface FleetFacts {
  /** The chart at the revision that an environment deploys. */
  readonly chartOf: (environment: Environment) => ChartDefaults;
  /** Whether git has a commit. */
  readonly hasRevision: (revision: string) => boolean;
  readonly defaultBranch: string;
}

/** Every mistake of every environment, in the order of the environments; none is thrown. */
export function checkFleet(_environments: readonly Environment[], _facts: FleetFacts): readonly ValuesError[] {
  throw new Error('not yet');
}
