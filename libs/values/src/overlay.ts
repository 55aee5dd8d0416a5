import type { ChartDefaults } from './chart-defaults.ts';
import type { Environment } from './environment.ts';
import type { Values } from './merge-values.ts';
import type { GeneratedFile } from './source-text.ts';

/** The values of an environment as Helm will see them: chart, tier, environment and release merged. */
export function environmentValues(_environment: Environment, _chart: ChartDefaults): Values {
  throw new Error('not yet');
}

/** `environments/<name>/values.yaml`: all that differs from the chart's defaults and nothing else. */
export function buildOverlay(_environment: Environment, _chart: ChartDefaults): GeneratedFile {
  throw new Error('not yet');
}
