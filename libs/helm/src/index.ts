export { cacheDirectory } from './cache-directory.ts';
export type { Lane, LaneRequest, RememberedLane } from './choose-lane.ts';
export { type FindHelmOptions, findHelm, type HelmBinary } from './find-helm.ts';
export { HelmError, type HelmRule, type SchemaViolation } from './helm-error.ts';
export type { HelmMajor } from './helm-version.ts';
export { forgetLane, type KnownLaneRequest, knownLane } from './known-lane.ts';
export { type LintRequest, lintChart } from './lint-chart.ts';
export { type PrepareChartRequest, type PreparedChart, prepareChart } from './prepare-chart.ts';
export { type Rendering, type RenderRequest, renderChart } from './render-chart.ts';
