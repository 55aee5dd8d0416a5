export { buildApplication } from './application.ts';
export { applicationKinds, type GroupKind } from './application-kinds.ts';
export { type ChartDefaults, type ChartSources, parseChart } from './chart-defaults.ts';
export {
  type Destination,
  defineEnvironment,
  type EnvironmentInput,
  type EnvironmentValues,
  isDefinedEnvironment,
  type SyncInput,
  type Tier,
} from './define-environment.ts';
export { type Environment, type EnvironmentFiles, loadEnvironment } from './environment.ts';
export { explainValue, type ProvenanceStep } from './explain-value.ts';
export { checkFleet, type FleetFacts } from './fleet.ts';
export { type Layer, layersOf } from './layers.ts';
export { type DependentChart, mergeChartValues } from './merge-chart-values.ts';
export { mergeFiles, mergeValues, type Value, type Values } from './merge-values.ts';
export { nearest } from './nearest.ts';
export { buildOverlay, environmentValues } from './overlay.ts';
export { buildProject } from './project.ts';
export { promotionOrder } from './promotion-order.ts';
export { describeImage, type ImagePin, parseRelease, type Release } from './release.ts';
export type { Repository } from './repository.ts';
export { buildRootApplication } from './root-application.ts';
export type { GeneratedFile, SourceText } from './source-text.ts';
export { buildTierValues, tiers } from './tiers.ts';
export { formatPath, parsePath, type ValuePath, valueAt } from './value-path.ts';
export { ValuesError, type ValuesRule } from './values-error.ts';
