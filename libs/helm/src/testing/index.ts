export { alternativeTo } from './alternative-to.ts';
export { type ChartValues, readChartValues } from './chart-values.ts';
export { type DependencyLanes, type DependencyLanesRequest, dependencyLanes } from './dependency-lanes.ts';
export { type ReleaseFacts, releaseFacts, type ServiceFacts } from './release-facts.ts';
export { renderVariants, type VariantsRequest } from './render-variants.ts';
export type { StatefulSetFacts } from './statefulset-facts.ts';
export type { Values } from './values.ts';
export { nested, openMaps, type Schema, schemaAt, valueAt } from './values-at-paths.ts';
