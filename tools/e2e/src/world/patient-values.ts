import { quickValues } from './quick-values.ts';

/** {@link quickValues} for scenarios that share the cluster: PostgreSQL may answer late there, for no fault of the chart. */
export const patientValues = { ...quickValues, config: { ...quickValues.config, databaseTimeoutMs: 20_000 } } as const;
