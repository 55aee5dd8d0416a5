import type { ChartDefaults, Environment, Repository } from '@task-api/values';

/** Every environment of the checkout, read and checked, with the chart that each of them deploys. */
export interface Fleet {
  readonly environments: readonly Environment[];
  readonly repository: Repository;
  readonly chartOf: (environment: Environment) => ChartDefaults;
}
